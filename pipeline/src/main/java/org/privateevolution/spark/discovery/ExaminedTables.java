package org.privateevolution.spark.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.ChildDeclaration;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.DiscoverySpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.UndiscoveredTable;
import org.privateevolution.spark.source.ChildSource;
import org.privateevolution.spark.source.PrivateSource;

/**
 * The columns that a run examines, by name, with the types that the sources declare; null for a type that no column can
 * be declared with. Neither keys nor columns in other roles are among them.
 *
 * @param root columns of the table, or of the clients; for clients, empty if all are declared
 * @param children columns of each child table; empty where they are declared
 */
record ExaminedTables(Map<String, ColumnType> root, List<Map<String, ColumnType>> children) {

    private static final String JSON = "json";

    /**
     * The columns that a run is to discover.
     *
     * @throws org.privateevolution.config.ConfigurationException if a source lacks a column that is named
     * @throws org.privateevolution.spark.source.PrivateDataException if a source cannot be opened, or has no column
     *     that can be declared
     */
    static ExaminedTables of(SparkSession spark, PrivateSource source, RunSpec spec) {
        UndiscoveredTable table = (UndiscoveredTable) spec.modality();
        String client = spec.privateData().clientColumn();
        Map<String, ColumnType> declared = spec.privateData().format().equals(JSON) ? null : source.types(spec);
        if (declared != null) {
            DiscoveryStage.requireKnown(
                    "private_data.client_column", client.isEmpty() ? List.of() : List.of(client), declared);
        }
        Map<String, ColumnType> root = root(spec, table, declared);
        List<Map<String, ColumnType>> children = new ArrayList<>();
        for (ChildDeclaration child : table.children()) {
            Map<String, ColumnType> types = Map.of();
            if (!child.knowsColumns()) {
                types = child.isApart()
                        ? apart(spark, spec, child)
                        : together(spec, child, declared, root.keySet().stream().toList(), table.known());
            }
            children.add(types);
        }
        return new ExaminedTables(root, children);
    }

    private static Map<String, ColumnType> root(
            RunSpec spec, UndiscoveredTable table, Map<String, ColumnType> declared) {
        DiscoverySpec wanted = table.wanted();
        RunSpec.Labels labels = spec.labels();
        List<String> labelColumns = labels.columns().columnNames();
        if (!table.known().isEmpty()) {
            return labels.undiscovered() ? chosen("labels.column", labelColumns, declared) : Map.of();
        }
        List<String> columns = new ArrayList<>(wanted.columns());
        if (!columns.isEmpty() || declared == null) {
            columns.addAll(labelColumns);
        }
        if (declared != null) {
            DiscoveryStage.requireKnown("tabular.discover.columns", wanted.columns(), declared);
            DiscoveryStage.requireKnown(
                    labelColumns.size() > 1 ? "labels.columns" : "labels.column", labelColumns, declared);
        }
        Map<String, ColumnType> types = chosen("tabular.discover.columns", columns, declared);
        if (!labels.undiscovered()) {
            types.keySet().removeAll(labelColumns);
        }
        if (spec.output().weights()) {
            types.remove(RunSpec.WEIGHT_COLUMN);
        }
        if (table.areClients()) {
            types.remove(spec.privateData().clientColumn());
        }
        Map<String, ColumnType> features = new LinkedHashMap<>(types);
        features.keySet().removeAll(labelColumns);
        // Refuses before anything is charged if there is nothing besides the label.
        DiscoveryStage.names(
                features, spec.privateData().clientColumn(), spec.privateData().location());
        return types;
    }

    private static Map<String, ColumnType> apart(SparkSession spark, RunSpec spec, ChildDeclaration child) {
        Map<String, ColumnType> declared = child.format().equals(JSON)
                ? null
                : new ChildSource(spark, spec).types(child.name(), child.source(spec.privateData()));
        if (declared != null) {
            DiscoveryStage.requireKnown("tabular.children[].key", List.of(child.key()), declared);
        }
        return found(child, chosen("tabular.children[].examine", child.examined(), declared), child.location());
    }

    /** The rows of the table are those of the root table. */
    private static Map<String, ColumnType> together(
            RunSpec spec,
            ChildDeclaration child,
            Map<String, ColumnType> declared,
            List<String> examined,
            List<DeclaredColumn> known) {
        Map<String, ColumnType> types = chosen("tabular.children[].examine", child.examined(), declared);
        Stream.of(
                        examined.stream(),
                        known.stream().map(DeclaredColumn::name),
                        spec.labels().columns().columnNames().stream())
                .flatMap(names -> names)
                .forEach(types::remove);
        return found(child, types, spec.privateData().location());
    }

    private static Map<String, ColumnType> found(
            ChildDeclaration child, Map<String, ColumnType> types, String location) {
        types.remove(child.key());
        DiscoveryStage.names(types, child.key(), location);
        if (!child.order().isEmpty()) {
            DiscoveryStage.requireKnown("tabular.children[].order", List.of(child.order()), types);
        }
        return types;
    }

    /** @param declared null if the source declares no columns, so that all are read as texts */
    private static Map<String, ColumnType> chosen(
            String setting, List<String> names, Map<String, ColumnType> declared) {
        if (declared != null) {
            DiscoveryStage.requireKnown(setting, names, declared);
            return DiscoveryStage.chosen(declared, names);
        }
        Map<String, ColumnType> texts = new LinkedHashMap<>();
        names.forEach(name -> texts.put(name, ColumnType.of(ColumnType.Kind.STRING)));
        return texts;
    }

    /** Names of the columns with a type that can be declared. */
    static List<String> names(Map<String, ColumnType> types) {
        return types.keySet().stream().filter(name -> types.get(name) != null).toList();
    }
}

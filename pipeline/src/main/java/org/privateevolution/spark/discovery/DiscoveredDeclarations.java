package org.privateevolution.spark.discovery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveredTable;
import org.privateevolution.discovery.DiscoveredTables;
import org.privateevolution.model.ChildDeclaration;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.UndiscoveredTable;

/** Declares what a run discovers: as sections of a configuration, from which the run then takes its columns. */
final class DiscoveredDeclarations {

    private final RunSpec spec;
    private final UndiscoveredTable declared;

    /** @param spec a run whose columns, or those of its child tables, are to be discovered */
    DiscoveredDeclarations(RunSpec spec) {
        this.spec = spec;
        this.declared = (UndiscoveredTable) spec.modality();
    }

    /** Name of the label column, if its values are to be discovered; else empty. */
    String label() {
        return spec.labels().undiscovered() ? spec.labels().column() : "";
    }

    /** The label column among those that were found, if its values were to be discovered. */
    Optional<DiscoveredColumn> label(DiscoveredTable table) {
        return table.columns().stream()
                .filter(column -> column.name().equals(label()))
                .findFirst();
    }

    /** The columns that were found, without that of the label. */
    List<DiscoveredColumn> features(DiscoveredTable table) {
        return table.columns().stream()
                .filter(column -> !column.name().equals(label()))
                .toList();
    }

    /** The sections labels and tabular. */
    String yaml(DiscoveredTables found) {
        return label(found.root())
                        .filter(column -> !column.categories().isEmpty())
                        .map(DraftColumns::labels)
                        .orElse("")
                + DraftColumns.tabular(declared.known(), features(found.root()))
                + DraftColumns.children(declared.children(), found.children());
    }

    /**
     * The run with what the sections declare.
     *
     * @throws ConfigurationException if they cannot be part of a configuration
     */
    RunSpec read(String yaml) {
        int samples = Collections.min(spec.evolution().schedule());
        // Whatever else a configuration needs; nothing of it is used.
        String rest = spec.modality().areClients()
                ? "private_data: {format: csv, path: in, client_column: "
                        + DraftColumns.quoted(spec.privateData().clientColumn())
                        + "}\nprivacy: {epsilon: 1, delta: 0.1, unit: client}\noutput: {path: out, rows: "
                        + Math.max(1, spec.output().rows()) + "}\nevolution: {votes: 1, samples: " + samples + "}\n"
                : """
                private_data: {format: csv, path: in}
                privacy: {epsilon: 1, delta: 0.1}
                output: {path: out}
                """
                        + "evolution: {votes: 1, selection: rank, samples: " + samples + "}\n";
        RunSpec found = RunConfiguration.parse(yaml + rest, RunDiscovery.DRAFT, List.of());
        RunSpec.Labels labels = spec.labels();
        RunSpec.Tabular table = found.tabular();
        List<ChildTable> tables = new ArrayList<>();
        for (int child = 0; child < declared.children().size(); child++) {
            ChildTable read = table.clients().orElseThrow().children().get(child);
            tables.add(declared.children().get(child).with(read.declared(), read.most()));
        }
        return spec.discovered(
                table.declared(),
                tables,
                labels.undiscovered() ? new RunSpec.Labels(found.labels().columns(), labels.fractions()) : labels);
    }

    /**
     * Refuses columns that cannot be declared together, such as two whose names differ only in case: once the discovery
     * is charged, it is too late.
     *
     * @param types the columns to examine
     * @throws ConfigurationException that names them
     */
    void requireDeclarable(ExaminedTables types) {
        List<DiscoveredTables.Child> children = new ArrayList<>();
        for (int child = 0; child < declared.children().size(); child++) {
            ChildDeclaration table = declared.children().get(child);
            children.add(new DiscoveredTables.Child(
                    table.name(),
                    table.knowsRows() ? OptionalInt.empty() : OptionalInt.of(1),
                    any(types.children().get(child))));
        }
        String yaml = yaml(new DiscoveredTables(new DiscoveredTable(any(types.root()), 1, 1, 1), children));
        try {
            read(yaml);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(e.problems().stream()
                    .map(problem -> "tabular.discover: these columns cannot be declared together (" + problem
                            + "): name the columns to examine, and leave one of them out")
                    .toList());
        }
    }

    /** Declarations that could be found; only the names matter. */
    private List<DiscoveredColumn> any(Map<String, ColumnType> types) {
        return ExaminedTables.names(types).stream()
                .map(name -> name.equals(label())
                        ? new DiscoveredColumn(name, "string", List.of("any"), "", "", "", -1, List.of(), 0, "")
                        : new DiscoveredColumn(name, "long", List.of(), "", "0", "1", -1, List.of(), 0, ""))
                .toList();
    }
}

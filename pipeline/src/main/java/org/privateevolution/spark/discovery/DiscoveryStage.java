package org.privateevolution.spark.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.NearestKey;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveredTable;
import org.privateevolution.discovery.DiscoveredTables;
import org.privateevolution.discovery.DiscoveryCells;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PartitionHistogram;
import org.privateevolution.privacy.PartitionThreshold;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateJob;
import org.privateevolution.spark.source.PrivateSource;

/** Counts the kinds, sizes and values of a table's columns on the executors, and reads what a release says of them. */
final class DiscoveryStage implements Examination {

    private final SparkSession spark;
    private final RunSpec spec;
    private final Map<String, ColumnType> types;
    private final List<String> names;
    private final DiscoveryCells cells;

    /**
     * @param spec declares data and unit
     * @param types columns to examine, with the types that the source declares; null for a type that no column can be
     *     declared with. At least one is not.
     */
    DiscoveryStage(SparkSession spark, RunSpec spec, Map<String, ColumnType> types) {
        this.spark = spark;
        this.spec = spec;
        this.types = types;
        this.names = names(
                types, spec.privateData().clientColumn(), spec.privateData().location());
        this.cells = new DiscoveryCells(names.size());
    }

    /**
     * The columns that are counted.
     *
     * @throws PrivateDataException if there is none
     */
    static List<String> names(Map<String, ColumnType> types, String clientColumn, String location) {
        List<String> names = types.keySet().stream()
                .filter(name -> types.get(name) != null && !name.equals(clientColumn))
                .toList();
        if (names.isEmpty()) {
            throw new PrivateDataException(
                    PrivateDataException.Reason.COLUMN, location + " has no column that can be declared");
        }
        return names;
    }

    /**
     * Some of the columns that a source declares.
     *
     * @param columns in order; empty for all
     */
    static Map<String, ColumnType> chosen(Map<String, ColumnType> declared, List<String> columns) {
        if (columns.isEmpty()) {
            return new LinkedHashMap<>(declared);
        }
        Map<String, ColumnType> chosen = new LinkedHashMap<>();
        columns.forEach(name -> chosen.put(name, declared.get(name)));
        return chosen;
    }

    /**
     * Refuses names that a source does not declare.
     *
     * @param key the setting or option that names them
     * @throws ConfigurationException that names the first of them
     */
    static void requireKnown(String key, List<String> names, Map<String, ColumnType> declared) {
        List<String> known = declared.keySet().stream()
                .filter(name -> declared.get(name) != null)
                .toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new ConfigurationException(List.of(key + ": the data have no column " + name
                    + " that can be declared"
                    + (known.isEmpty() ? "" : "; did you mean " + NearestKey.of(name, known) + "?")));
        });
    }

    @Override
    public void requireSound(PrivateSource source) {
        PrivateColumns columns = new PrivateColumns(
                List.of(), names, LabelColumns.NONE, spec.privateData().clientColumn());
        List<Row> problems = PrivateJob.run(spark, spec, "reading the private records", () -> {
            Column problem = Columns.named(TextRecords.PROBLEM);
            return source.open(spec, columns)
                    .select(problem)
                    .where(problem.isNotNull())
                    .limit(1)
                    .collectAsList();
        });
        if (!problems.isEmpty()) {
            throw new PrivateDataException(
                    PrivateDataException.Reason.RECORD,
                    "private_data: " + problems.get(0).getString(0));
        }
    }

    @Override
    public PartitionThreshold threshold(double noiseMultiplier, double thresholdDelta) {
        boolean clients = !spec.privateData().clientColumn().isEmpty();
        return PartitionThreshold.of(noiseMultiplier, thresholdDelta, DiscoveryTask.mostPartitions(cells, clients));
    }

    @Override
    public PartitionHistogram count(PrivateSource source, PartitionThreshold threshold) {
        String client = spec.privateData().clientColumn();
        PrivateColumns columns = new PrivateColumns(List.of(), names, LabelColumns.NONE, client);
        return PrivateJob.run(spark, spec, "counting types, sizes and values", () -> {
            Dataset<Row> records = source.open(spec, columns);
            if (!source.isFixed(spec)) {
                // A record that moved between two readings would vote twice. A part of this copy that is lost is not
                // read again: the job fails.
                records = records.localCheckpoint(true);
            }
            if (!client.isEmpty()) {
                Column id = Columns.named(client);
                records = records.repartition(Math.max(1, records.rdd().getNumPartitions()), id)
                        .sortWithinPartitions(id);
            }
            long floor = threshold.floor();
            JavaPairRDD<String, Long> sums = records.javaRDD()
                    .mapPartitionsToPair(new DiscoveryTask(cells, columns.clientIndex()))
                    .reduceByKey(VoteGrid::sum)
                    .filter(sum -> VoteSums.isKept(sum, floor));
            return VoteSums.histogram(sums.collectAsMap(), cells.size(), threshold);
        });
    }

    @Override
    public DiscoveredTables found(String label, NoisyHistogram released, PartitionThreshold threshold) {
        return DiscoveredTables.of(read(label, released, threshold));
    }

    /** @param label the column whose values are labels; empty for none */
    DiscoveredTable read(String label, NoisyHistogram released, PartitionThreshold threshold) {
        double votesARecord = VoteGrid.votes(VoteGrid.vote(DiscoveryCells.A_VALUE * names.size()));
        DiscoveredTable table = DiscoveredTable.of(names, label, released, votesARecord, threshold.votes());
        List<DiscoveredColumn> typed = typed(table.columns(), types);
        return new DiscoveredTable(typed, table.records(), table.noise(), table.least());
    }

    /** Columns with the types that the source declares, and those that cannot be declared. */
    static List<DiscoveredColumn> typed(List<DiscoveredColumn> columns, Map<String, ColumnType> types) {
        List<DiscoveredColumn> typed = new ArrayList<>();
        columns.forEach(column -> typed.add(column.withType(types.get(column.name()))));
        types.forEach((name, type) -> {
            if (type == null) {
                typed.add(DiscoveredColumn.leftOut(name, "its type cannot be declared"));
            }
        });
        return typed;
    }
}

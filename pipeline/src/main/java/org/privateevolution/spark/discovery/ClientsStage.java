package org.privateevolution.spark.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.privateevolution.discovery.ClientColumns;
import org.privateevolution.discovery.DiscoveredTable;
import org.privateevolution.discovery.DiscoveredTables;
import org.privateevolution.discovery.DiscoveryCells;
import org.privateevolution.model.ChildDeclaration;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.UndiscoveredTable;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PartitionHistogram;
import org.privateevolution.privacy.PartitionThreshold;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.spark.source.ChildSource;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateJob;
import org.privateevolution.spark.source.PrivateSource;
import scala.Tuple2;

/** Counts clients with child tables, each as one record, see {@link ClientRecordsTask}. */
final class ClientsStage implements Examination {

    private final SparkSession spark;
    private final RunSpec spec;
    private final List<ChildDeclaration> tables;
    private final ExaminedTables types;
    private final ClientColumns columns;
    private final DiscoveryCells cells;

    /**
     * @param spec a run on clients, of whom something is to be discovered
     * @param types what is to be discovered
     */
    ClientsStage(SparkSession spark, RunSpec spec, ExaminedTables types) {
        this.spark = spark;
        this.spec = spec;
        this.tables = ((UndiscoveredTable) spec.modality()).children();
        this.types = types;
        List<ClientColumns.Child> children = new ArrayList<>();
        for (int child = 0; child < tables.size(); child++) {
            children.add(new ClientColumns.Child(
                    tables.get(child).name(),
                    !tables.get(child).knowsRows(),
                    ExaminedTables.names(types.children().get(child))));
        }
        this.columns = new ClientColumns(ExaminedTables.names(types.root()), children);
        this.cells = new DiscoveryCells(columns.size());
    }

    @Override
    public void requireSound(PrivateSource source) {
        List<Tuple2<String, Long>> problems =
                PrivateJob.run(spark, spec, "reading the private clients", () -> sums(source)
                        .filter(VoteSums::isRefusal)
                        .take(1));
        if (!problems.isEmpty()) {
            throw VoteSums.refusal(problems.get(0));
        }
    }

    @Override
    public PartitionThreshold threshold(double noiseMultiplier, double thresholdDelta) {
        return PartitionThreshold.of(noiseMultiplier, thresholdDelta, columns.size());
    }

    @Override
    public PartitionHistogram count(PrivateSource source, PartitionThreshold threshold) {
        long floor = threshold.floor();
        return PrivateJob.run(
                spark,
                spec,
                "counting types, sizes and values",
                () -> VoteSums.histogram(
                        sums(source)
                                .reduceByKey(VoteGrid::sum)
                                .filter(sum -> VoteSums.isKept(sum, floor))
                                .collectAsMap(),
                        cells.size(),
                        threshold));
    }

    /** The sums of the partitions, of whatever size. They are private. */
    JavaPairRDD<String, Long> sums(PrivateSource source) {
        Dataset<Row> opened = source.open(spec, rootColumns());
        if (!source.isFixed(spec)) {
            // A client whose records moved between two readings would vote twice. A part of this copy that is lost is
            // not read again: the job fails.
            opened = opened.localCheckpoint(true);
        }
        int partitions = spec.privateData().partitions() > 0
                ? spec.privateData().partitions()
                : Math.max(1, opened.rdd().getNumPartitions());
        Dataset<Row> parts = parts(opened, rootBallots());
        for (int child = 0; child < tables.size(); child++) {
            if (child != together()) {
                parts = parts.union(childParts(child));
            }
        }
        // With an explicit number, because Spark may otherwise split a partition, and a client must stay in one.
        return parts.repartition(partitions, functions.col(ClientBallots.KEY))
                .sortWithinPartitions(functions.col(ClientBallots.KEY))
                .javaRDD()
                .mapPartitionsToPair(new ClientRecordsTask(columns, together() != ClientBallots.ROOT));
    }

    /** Index of the child table whose rows are in the root table; that of the root if there is none. */
    private int together() {
        int together = ClientBallots.ROOT;
        for (int child = 0; child < tables.size(); child++) {
            together = tables.get(child).isApart() ? together : child;
        }
        return together;
    }

    /** Declared columns are read, too, so that what does not fit them is refused before anything is charged. */
    private PrivateColumns rootColumns() {
        List<LearntColumn> declared = new ArrayList<>(known());
        List<String> names = new ArrayList<>(columns.root());
        if (together() != ClientBallots.ROOT) {
            declared.addAll(LearntColumn.among(tables.get(together()).columns()));
            names.addAll(columns.children().get(together()).columns());
        }
        LabelColumns labels =
                spec.labels().undiscovered() ? LabelColumns.NONE : spec.labels().columns();
        return new PrivateColumns(declared, names, labels, spec.privateData().clientColumn());
    }

    /** The clients' own columns that are declared. */
    private List<LearntColumn> known() {
        return LearntColumn.among(((UndiscoveredTable) spec.modality()).known());
    }

    private ClientBallots rootBallots() {
        PrivateColumns opened = rootColumns();
        int examined = opened.features().size();
        int labels = examined + opened.others().size();
        int known = known().size();
        List<Integer> declared = IntStream.concat(
                        IntStream.range(0, known),
                        IntStream.range(
                                labels, labels + opened.labels().columns().size()))
                .boxed()
                .toList();
        int to = examined + columns.root().size();
        List<ClientBallots.Piece> pieces = new ArrayList<>();
        pieces.add(new ClientBallots.Piece(ClientBallots.ROOT, 0, examined, to, declared, -1));
        if (together() != ClientBallots.ROOT) {
            pieces.add(piece(together(), opened, known, to));
        }
        return new ClientBallots(cells, opened, pieces, "");
    }

    /**
     * @param opened where the columns stand in a row
     * @param first index in a row of the table's first declared column
     * @param from index in a row of its first column to examine
     */
    private ClientBallots.Piece piece(int child, PrivateColumns opened, int first, int from) {
        ChildDeclaration table = tables.get(child);
        int declared = LearntColumn.among(table.columns()).size();
        return new ClientBallots.Piece(
                child,
                columns.columnsAt(child),
                from,
                from + columns.children().get(child).columns().size(),
                IntStream.range(first, first + declared).boxed().toList(),
                opened.names().indexOf(table.order()));
    }

    private Dataset<Row> childParts(int child) {
        ChildDeclaration table = tables.get(child);
        List<LearntColumn> declared = LearntColumn.among(table.columns());
        PrivateColumns wanted =
                new PrivateColumns(declared, columns.children().get(child).columns(), LabelColumns.NONE, table.key());
        Dataset<Row> opened = new ChildSource(spark, spec).open(table.name(), table.source(spec.privateData()), wanted);
        return parts(
                opened,
                new ClientBallots(
                        cells,
                        wanted,
                        List.of(piece(child, wanted, 0, declared.size())),
                        "table '" + table.name() + "': "));
    }

    private static Dataset<Row> parts(Dataset<Row> rows, ClientBallots ballots) {
        return rows.mapPartitions(ballots, Encoders.row(ClientBallots.SCHEMA));
    }

    @Override
    public DiscoveredTables found(String label, NoisyHistogram released, PartitionThreshold threshold) {
        double votesAClient = VoteGrid.votes(VoteGrid.vote(DiscoveryCells.A_VALUE * columns.size()));
        DiscoveredTables found = DiscoveredTables.of(columns, label, released, votesAClient, threshold.votes());
        List<DiscoveredTables.Child> children = new ArrayList<>();
        for (int child = 0; child < tables.size(); child++) {
            DiscoveredTables.Child read = found.children().get(child);
            Map<String, ColumnType> declared = types.children().get(child);
            children.add(new DiscoveredTables.Child(
                    read.name(), read.rows(), DiscoveryStage.typed(read.columns(), declared)));
        }
        DiscoveredTable root = found.root();
        return new DiscoveredTables(
                new DiscoveredTable(
                        DiscoveryStage.typed(root.columns(), types.root()), root.records(), root.noise(), root.least()),
                children);
    }
}

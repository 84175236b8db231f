package org.privateevolution.spark.discovery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.NearestKey;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveredTable;
import org.privateevolution.discovery.DiscoveryCells;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.DiscreteGaussian;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PartitionHistogram;
import org.privateevolution.privacy.PartitionThreshold;
import org.privateevolution.privacy.Release;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.run.PrivateReleases;
import org.privateevolution.run.RunLedger;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.source.Draftable;
import org.privateevolution.spark.source.PinnedVersion;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateJob;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.source.UnreadableReason;
import org.privateevolution.store.DiscoveryRecord;
import org.privateevolution.store.DriverLease;
import org.privateevolution.store.FileIterationStore;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;

/**
 * Finds out what a table holds by one noisy release, charged to the data set's ledger. Names and types of columns,
 * which the source declares, are public; everything else that is said of the data follows from the release.
 */
public final class Discovery {

    /** Share of delta that is spent on publishing values that only the records name. */
    private static final double THRESHOLD_PART = 0.1;

    private static final String STORE = "store";
    private static final String RELEASE = "discovery";

    private final SparkSession spark;
    private final DiscreteGaussian noise;
    private final Clock clock;

    private Discovery(SparkSession spark, DiscreteGaussian noise, Clock clock) {
        this.spark = spark;
        this.noise = noise;
        this.clock = clock;
    }

    public static Discovery on(SparkSession spark) {
        return new Discovery(spark, DiscreteGaussian.secure(), Clock.systemUTC());
    }

    /** The same discovery with another source of noise, for tests. */
    Discovery noise(DiscreteGaussian other) {
        return new Discovery(spark, other, clock);
    }

    /**
     * The result of a discovery.
     *
     * @param table the discovered table
     * @param ledger location of the ledger that was charged, as a URI
     * @param again whether an earlier start had made the release, so that nothing was charged now
     */
    public record Result(DiscoveredTable table, String ledger, boolean again) {}

    /**
     * Makes the release, or takes it from the ledger if an earlier start into the same folder made it, and interprets
     * it.
     *
     * @throws ConfigurationException if the request is invalid, or the folder belongs to something else
     * @throws PrivateDataException if the data cannot be read
     * @throws org.privateevolution.privacy.PrivacyException if the ledger refuses the release; nothing is charged then
     * @throws org.privateevolution.spi.StoreException if the folder cannot be written
     */
    public Result run(DiscoveryRequest request) {
        Map<String, ColumnType> types = types(request);
        List<String> names = types.keySet().stream()
                .filter(name -> types.get(name) != null && !name.equals(request.clientColumn()))
                .toList();
        if (names.isEmpty()) {
            throw new PrivateDataException(
                    PrivateDataException.Reason.COLUMN, request.location() + " has no column that can be declared");
        }
        RunSpec spec = request.spec(names);
        boolean clients = !request.clientColumn().isEmpty();
        DiscoveryCells cells = new DiscoveryCells(names.size());
        double thresholdDelta = THRESHOLD_PART * request.delta();
        double noiseMultiplier = Accountant.of(request.adjacency())
                .plusThreshold(thresholdDelta)
                .noiseMultiplier(request.epsilon(), request.delta(), 1);
        int most = DiscoveryTask.mostPartitions(cells, clients);
        PartitionThreshold threshold = PartitionThreshold.of(noiseMultiplier, thresholdDelta, most);

        Configuration hadoop = SessionFiles.configuration(spark);
        RunFiles output = RunFiles.at(request.output(), hadoop);
        RunFiles storeFiles = output.in(STORE);
        RunLedger runLedger = new RunLedger(spec, RunFiles.at(spec.privacy().ledger(), hadoop), output);
        FileLedgerStorage storage = runLedger.storage();
        Ledger ledger = runLedger.open();
        try (DriverLease lease = DriverLease.acquire(storeFiles, clock)) {
            String runId = DiscoveryRecord.open(storeFiles, settings(request, names, storage.location()));
            Release release = new Release(
                    RELEASE,
                    runId,
                    runId,
                    Release.Kind.DISCOVERY,
                    noiseMultiplier,
                    spec.privacy().unit(),
                    request.adjacency(),
                    request.clientColumn(),
                    clock.instant(),
                    RELEASE,
                    request.delta(),
                    thresholdDelta);
            ledger.checkAffordable(List.of(release));
            try (DriverLease alone = DriverLease.acquire(storage.leases(runId), clock)) {
                PrivateReleases releases = new PrivateReleases(
                        ledger, new FileIterationStore(storeFiles, lease, runId), noise, alone::verify);
                Optional<NoisyHistogram> before = releases.made(release);
                NoisyHistogram released = before.orElseGet(() -> releases.release(
                        release, () -> count(source(spec, storeFiles), spec, names, cells, threshold)));
                return new Result(read(types, names, released, threshold), storage.location(), before.isPresent());
            }
        }
    }

    /** The requested columns among those that the source declares. */
    private Map<String, ColumnType> types(DiscoveryRequest request) {
        if (request.format().equals("json")) {
            if (request.columns().isEmpty()) {
                throw new ConfigurationException(List.of("--columns: required for json, whose columns are named"
                        + " only by its"
                        + " records: name those that you know, such as --columns age,city"));
            }
            return texts(request);
        }
        Map<String, ColumnType> types;
        try {
            types = Draftable.types(spark, request.format(), request.location(), request.options());
        } catch (PrivateDataException | ConfigurationException e) {
            throw e;
        } catch (Exception e) {
            // Spark throws its checked AnalysisException undeclared, and its message may quote a value.
            throw new PrivateDataException(
                    "cannot read " + request.location() + " as " + request.format() + ": " + UnreadableReason.of(e), e);
        }
        List<String> known = List.copyOf(types.keySet());
        request.columns().forEach(name -> requireKnown("--columns", name, known));
        if (!request.clientColumn().isEmpty()) {
            requireKnown("--client", request.clientColumn(), known);
        }
        if (request.columns().isEmpty()) {
            return types;
        }
        Map<String, ColumnType> chosen = new LinkedHashMap<>();
        request.columns().forEach(name -> chosen.put(name, types.get(name)));
        return chosen;
    }

    private static Map<String, ColumnType> texts(DiscoveryRequest request) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        request.columns().forEach(name -> types.put(name, ColumnType.of(ColumnType.Kind.STRING)));
        return types;
    }

    private static void requireKnown(String option, String name, List<String> known) {
        if (!known.contains(name)) {
            throw new ConfigurationException(List.of(option + ": the data has no column " + name
                    + " that can be declared; did you mean " + NearestKey.of(name, known) + "?"));
        }
    }

    /** Settings that must not change between making a release and reading it again. */
    private static Map<String, String> settings(DiscoveryRequest request, List<String> names, String ledger) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("format", request.format());
        settings.put("location", request.location());
        settings.put("options", new TreeMap<>(request.options()).toString());
        settings.put("client_column", request.clientColumn());
        settings.put("adjacency", request.adjacency().configName());
        settings.put("epsilon", Double.toString(request.epsilon()));
        settings.put("delta", Double.toString(request.delta()));
        settings.put("columns", names.toString());
        settings.put("ledger", ledger);
        return settings;
    }

    /**
     * The source of the records, which must give the same records when a part of them is read again: a record that
     * moved would vote twice.
     *
     * @throws PrivateDataException if nothing guarantees that
     */
    private PrivateSource source(RunSpec spec, RunFiles store) {
        PrivateSource records = new PrivateSource(spark);
        PrivateSource pinned =
                PinnedVersion.of(spark, spec, store).map(records::at).orElse(records);
        if (!pinned.isFixed(spec)) {
            throw new PrivateDataException(
                    PrivateDataException.Reason.UNSTABLE,
                    "private_data: " + spec.privateData().location()
                            + " is a view, or a table without versions, whose records may be others when a part is read"
                            + " again: give the path of its files, write it to Parquet, or take a table of Delta or"
                            + " Iceberg");
        }
        return pinned;
    }

    /** Counts on the executors; partitions below the floor never leave them. */
    private PartitionHistogram count(
            PrivateSource source,
            RunSpec spec,
            List<String> names,
            DiscoveryCells cells,
            PartitionThreshold threshold) {
        String client = spec.privateData().clientColumn();
        PrivateColumns columns = new PrivateColumns(List.of(), names, LabelColumns.NONE, client);
        return PrivateJob.run(spark, spec, "counting types, sizes and values", () -> {
            Dataset<Row> records = source.open(spec, columns);
            if (!client.isEmpty()) {
                Column id = Columns.named(client);
                records = records.repartition(Math.max(1, records.rdd().getNumPartitions()), id)
                        .sortWithinPartitions(id);
            }
            long floor = threshold.floor();
            JavaPairRDD<String, Long> sums = records.javaRDD()
                    .mapPartitionsToPair(new DiscoveryTask(cells, columns.clientIndex()))
                    .reduceByKey(VoteGrid::sum)
                    .filter(sum -> sum._1().charAt(0) != DiscoveryTask.PARTITION || sum._2() >= floor);
            return histogram(sums.collectAsMap(), cells, threshold);
        });
    }

    private static PartitionHistogram histogram(
            Map<String, Long> sums, DiscoveryCells cells, PartitionThreshold threshold) {
        PartitionHistogram histogram = new PartitionHistogram(cells.size(), threshold);
        sums.forEach((key, votes) -> {
            String name = key.substring(1);
            switch (key.charAt(0)) {
                case DiscoveryTask.CELL -> histogram.addCell(Integer.parseInt(name), votes);
                case DiscoveryTask.PARTITION -> histogram.addPartition(name, votes);
                default -> throw new PrivateDataException("private_data: " + name);
            }
        });
        return histogram;
    }

    private static DiscoveredTable read(
            Map<String, ColumnType> types, List<String> names, NoisyHistogram released, PartitionThreshold threshold) {
        double votesARecord = VoteGrid.votes(VoteGrid.vote(DiscoveryCells.A_VALUE * names.size()));
        DiscoveredTable table = DiscoveredTable.of(names, released, votesARecord, threshold.votes());
        List<DiscoveredColumn> typed = new ArrayList<>();
        table.columns().forEach(column -> typed.add(column.withType(types.get(column.name()))));
        types.forEach((name, type) -> {
            if (type == null) {
                typed.add(DiscoveredColumn.leftOut(name, "its type cannot be declared"));
            }
        });
        return new DiscoveredTable(typed, table.records(), table.noise(), table.least());
    }
}

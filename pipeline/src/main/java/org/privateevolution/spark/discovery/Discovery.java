package org.privateevolution.spark.discovery;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.discovery.DiscoveredTable;
import org.privateevolution.discovery.DiscoveredTables;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.ChildDeclaration;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.UndiscoveredTable;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.DiscreteGaussian;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PartitionThreshold;
import org.privateevolution.privacy.Release;
import org.privateevolution.run.PlannedReleases;
import org.privateevolution.run.PrivateReleases;
import org.privateevolution.run.RunLedger;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.source.PinnedVersion;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
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

    private static final String STORE = "store";

    private final SparkSession spark;
    private final PrivateSource source;
    private final DiscreteGaussian noise;
    private final Clock clock;

    private Discovery(SparkSession spark, PrivateSource source, DiscreteGaussian noise, Clock clock) {
        this.spark = spark;
        this.source = source;
        this.noise = noise;
        this.clock = clock;
    }

    public static Discovery on(SparkSession spark) {
        return new Discovery(spark, new PrivateSource(spark), DiscreteGaussian.secure(), Clock.systemUTC());
    }

    /** The same discovery, on records that are in a DataFrame already. They are read once. */
    public Discovery privateData(Dataset<Row> records) {
        return new Discovery(spark, new PrivateSource(spark, records), noise, clock);
    }

    /** The same discovery with another source of noise, for tests. */
    Discovery noise(DiscreteGaussian other) {
        return new Discovery(spark, source, other, clock);
    }

    /**
     * The result of a discovery.
     *
     * @param tables the discovered table, and the child tables if there are any
     * @param children the child tables as they were requested
     * @param ledger location of the ledger that was charged, as a URI
     * @param again whether an earlier start had made the release, so that nothing was charged now
     */
    public record Result(DiscoveredTables tables, List<ChildDeclaration> children, String ledger, boolean again) {

        /** The discovered table; for clients, the root table. */
        public DiscoveredTable table() {
            return tables.root();
        }
    }

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
        Examined examined = request.children().isEmpty() ? table(request) : clients(request);
        RunSpec spec = examined.spec();
        Examination stage = examined.stage();
        double thresholdDelta = PrivacyPlan.THRESHOLD_SHARE * request.delta();
        double noiseMultiplier = Accountant.of(request.adjacency())
                .plusThreshold(thresholdDelta)
                .noiseMultiplier(request.epsilon(), request.delta(), 1);
        PartitionThreshold threshold = stage.threshold(noiseMultiplier, thresholdDelta);

        Configuration hadoop = SessionFiles.configuration(spark);
        RunFiles output = RunFiles.at(request.output(), hadoop);
        RunFiles storeFiles = output.in(STORE);
        RunLedger runLedger = new RunLedger(spec, RunFiles.at(spec.privacy().ledger(), hadoop), output);
        FileLedgerStorage storage = runLedger.storage();
        Ledger ledger = runLedger.open();
        try (DriverLease lease = DriverLease.acquire(storeFiles, clock)) {
            String runId = DiscoveryRecord.open(storeFiles, settings(request, examined.columns(), storage.location()));
            Release release = new Release(
                    PlannedReleases.DISCOVERY,
                    runId,
                    runId,
                    Release.Kind.DISCOVERY,
                    noiseMultiplier,
                    spec.privacy().unit(),
                    request.adjacency(),
                    request.clientColumn(),
                    clock.instant(),
                    PlannedReleases.DISCOVERY,
                    request.delta(),
                    thresholdDelta);
            ledger.checkAffordable(List.of(release));
            try (DriverLease alone = DriverLease.acquire(storage.leases(runId), clock)) {
                PrivateReleases releases = new PrivateReleases(
                        ledger, new FileIterationStore(storeFiles, lease, runId), noise, alone::verify);
                Optional<NoisyHistogram> before = releases.made(release);
                NoisyHistogram released = before.orElseGet(
                        () -> releases.release(release, () -> stage.count(pinned(spec, storeFiles), threshold)));
                return new Result(
                        stage.found("", released, threshold),
                        examined.children(),
                        storage.location(),
                        before.isPresent());
            }
        }
    }

    /**
     * What is examined.
     *
     * @param columns the counted columns, in words
     */
    private record Examined(RunSpec spec, Examination stage, String columns, List<ChildDeclaration> children) {}

    private Examined table(DiscoveryRequest request) {
        Map<String, ColumnType> types = types(request);
        List<String> names = DiscoveryStage.names(types, request.clientColumn(), request.location());
        RunSpec spec = request.spec(names);
        return new Examined(spec, new DiscoveryStage(spark, spec, types), names.toString(), List.of());
    }

    private Examined clients(DiscoveryRequest request) {
        RunSpec spec = request.spec(request.columns());
        source.requireGiven(spec);
        ExaminedTables types = ExaminedTables.of(spark, source, spec);
        new DiscoveredDeclarations(spec).requireDeclarable(types);
        List<ChildDeclaration> children = ((UndiscoveredTable) spec.modality()).children();
        StringBuilder columns =
                new StringBuilder(ExaminedTables.names(types.root()).toString());
        for (int child = 0; child < children.size(); child++) {
            columns.append(" and ")
                    .append(children.get(child).name())
                    .append(" in ")
                    .append(children.get(child).location())
                    .append(" by ")
                    .append(children.get(child).key())
                    .append(": ")
                    .append(ExaminedTables.names(types.children().get(child)));
        }
        return new Examined(spec, new ClientsStage(spark, spec, types), columns.toString(), children);
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
        // The declaration of a run on any column of the same data.
        RunSpec any = request.spec(List.of(request.clientColumn() + " or other"));
        source.requireGiven(any);
        Map<String, ColumnType> types = source.types(any);
        DiscoveryStage.requireKnown("--columns", request.columns(), types);
        if (!request.clientColumn().isEmpty()) {
            DiscoveryStage.requireKnown("--client", List.of(request.clientColumn()), types);
        }
        return DiscoveryStage.chosen(types, request.columns());
    }

    private static Map<String, ColumnType> texts(DiscoveryRequest request) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        request.columns().forEach(name -> types.put(name, ColumnType.of(ColumnType.Kind.STRING)));
        return types;
    }

    /** Settings that must not change between making a release and reading it again. */
    private static Map<String, String> settings(DiscoveryRequest request, String columns, String ledger) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("format", request.format());
        settings.put("location", request.location());
        settings.put("options", new TreeMap<>(request.options()).toString());
        settings.put("client_column", request.clientColumn());
        settings.put("adjacency", request.adjacency().configName());
        settings.put("epsilon", Double.toString(request.epsilon()));
        settings.put("delta", Double.toString(request.delta()));
        settings.put("columns", columns);
        settings.put("ledger", ledger);
        return settings;
    }

    private PrivateSource pinned(RunSpec spec, RunFiles store) {
        return PinnedVersion.of(spark, spec, store).map(source::at).orElse(source);
    }
}

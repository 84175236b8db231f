package org.privateevolution.spark;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.Fingerprint;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.evolution.PointSearch;
import org.privateevolution.evolution.PopulationPlanner;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.generation.tabular.ObeyingGeneration;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.UndiscoveredTable;
import org.privateevolution.privacy.DiscreteGaussian;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.Release;
import org.privateevolution.privacy.RoundedFigure;
import org.privateevolution.run.AnnouncedVotes;
import org.privateevolution.run.EstimateLoop;
import org.privateevolution.run.EvolutionLoop;
import org.privateevolution.run.Guarantee;
import org.privateevolution.run.Listeners;
import org.privateevolution.run.OpenRun;
import org.privateevolution.run.Outcome;
import org.privateevolution.run.PlannedReleases;
import org.privateevolution.run.PrivateReleases;
import org.privateevolution.run.ProbeLoop;
import org.privateevolution.run.RecordEstimateLoop;
import org.privateevolution.run.ResumeCheck;
import org.privateevolution.run.RunLedger;
import org.privateevolution.run.SampleEstimateLoop;
import org.privateevolution.spark.discovery.RunDiscovery;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.source.PinnedVersion;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.telemetry.RunMetrics;
import org.privateevolution.spark.vectors.EmbeddingAhead;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vote.SparkElectorate;
import org.privateevolution.spark.vote.SpreadSearch;
import org.privateevolution.spark.vote.VoteStage;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.Generator;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.spi.RunListener;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.AuditMark;
import org.privateevolution.store.DriverLease;
import org.privateevolution.store.FileIterationStore;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.FilesToRead;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.RunRecord;
import org.privateevolution.tracking.MlflowRun;

/**
 * Runs Private Evolution on a Spark session: private table in, differentially private synthetic table out.
 *
 * <pre>{@code
 * RunSpec spec = RunConfiguration.load(Path.of("conf/quickstart.yaml"), List.of());
 * RunResult result = PrivateEvolution.on(spark).run(spec);
 * result.synthetic().show();
 * System.out.println(result.guarantee().sentence());
 * }</pre>
 *
 * <p>A run that was interrupted resumes where it stopped when it is run again.
 */
public final class PrivateEvolution {

    static final String STORE = "store";

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunListener listener;
    private final boolean extend;
    private final DiscreteGaussian noise;
    private final Clock clock;

    /** Null if the configuration's own generator makes the samples. */
    private final Generator given;

    private PrivateEvolution(
            SparkSession spark,
            PrivateSource source,
            RunListener listener,
            boolean extend,
            DiscreteGaussian noise,
            Clock clock,
            Generator given) {
        this.spark = spark;
        this.source = source;
        this.listener = listener;
        this.extend = extend;
        this.noise = noise;
        this.clock = clock;
        this.given = given;
    }

    public static PrivateEvolution on(SparkSession spark) {
        return new PrivateEvolution(
                spark,
                new PrivateSource(spark),
                new RunListener() {},
                false,
                DiscreteGaussian.secure(),
                Clock.systemUTC(),
                null);
    }

    /**
     * The same, on private records that are in a DataFrame already. The configuration then says
     * {@code private_data: {format: dataframe, name: ...}} and where the ledger is. The run identifies the data set by
     * this name alone, so another DataFrame under the same name is taken for the same data. Only what the votes read of
     * it is kept.
     */
    public PrivateEvolution privateData(Dataset<Row> records) {
        return new PrivateEvolution(spark, new PrivateSource(spark, records), listener, extend, noise, clock, given);
    }

    /**
     * The same, with a generator that the calling program provides. The configuration then says
     * {@code text.generation: {given: NAME}}, or the same under {@code tabular} or {@code images}. The run takes
     * generators of the same name for the same generator.
     */
    public PrivateEvolution generator(Generator generator) {
        return new PrivateEvolution(spark, source, listener, extend, noise, clock, generator);
    }

    /** The same, with a listener. */
    public PrivateEvolution listener(RunListener listener) {
        return new PrivateEvolution(spark, source, listener, extend, noise, clock, given);
    }

    /** The same, allowed or not to continue an existing run under another schedule or privacy target. */
    public PrivateEvolution extend(boolean extend) {
        return new PrivateEvolution(spark, source, listener, extend, noise, clock, given);
    }

    /** The same with another source of noise, for tests. */
    PrivateEvolution noise(DiscreteGaussian noise) {
        return new PrivateEvolution(spark, source, listener, extend, noise, clock, given);
    }

    PrivateEvolution clock(Clock clock) {
        return new PrivateEvolution(spark, source, listener, extend, noise, clock, given);
    }

    /**
     * Runs or resumes a run and publishes its results.
     *
     * @throws org.privateevolution.config.ConfigurationException if the configuration cannot be run here, or the output
     *     holds a run of another configuration
     * @throws org.privateevolution.spark.source.PrivateDataException if the private data cannot be read or do not fit
     *     their declaration
     * @throws PrivacyException if the ledger refuses the run
     * @throws StoreException if output cannot be written, another driver holds the run, or private data that should be
     *     removed after the results are published remain; the message says where
     */
    public RunResult run(RunSpec declared) {
        return RunMetrics.of(spark)
                .map(metrics -> metrics.observe(
                        figures -> listener(Listeners.of(listener, figures)).unobserved(declared)))
                .orElseGet(() -> unobserved(declared));
    }

    private RunResult unobserved(RunSpec declared) {
        return held(declared, AuditMark::refuse, held -> {
            announceExtension(held.spec(), held.record());
            announceBeginning(held);
            announceEnd(held);
            RunResult result = run(discovered(held));
            if (!held.spec().privateData().store().keep()) {
                held.privateStore().remove();
            }
            return result;
        });
    }

    /**
     * Makes the releases of a run on given candidates, in place of a population's. The private records are read,
     * counted, charged, noised and kept as by {@link #run}, and releases that the run has made already are returned as
     * they are. Nothing is generated, selected or published, and everything derived from the private records is removed
     * unless the configuration keeps it. Only for audits, on configurations that share no place with a run: the store
     * is marked, and no run resumes from it.
     *
     * @throws org.privateevolution.config.ConfigurationException as {@link #run}, and if the output is a run's, or the
     *     ledger has charges of others
     * @throws org.privateevolution.spark.source.PrivateDataException likewise
     * @throws PrivacyException likewise
     * @throws StoreException likewise
     */
    public List<ProbeLoop.Probed> probe(RunSpec declared, ProbeLoop.Probes probes) {
        return held(declared, AuditMark::claim, held -> {
            requireOwnLedger(held);
            RunSpec spec = held.spec();
            RunFiles storeFiles = held.output().in(STORE);
            OpenModality modality =
                    Modalities.open(spark, pinned(held), spec, storeFiles, held.privateStore(), listener);
            try (OnceOpened privateVectors = new OnceOpened(() -> read(modality))) {
                Modalities.requireServed(spec, modality.candidateEmbedder().dimension());
                OpenRun open = open(held, held.store(), modality, privateVectors, made -> {});
                return new ProbeLoop(open, storeFiles, held.beforeSecondMarginals(), probes).run();
            } finally {
                if (!spec.privateData().store().keep()) {
                    held.privateStore().remove();
                }
            }
        });
    }

    private static void requireOwnLedger(Held held) {
        if (!held.chargedAlone()) {
            throw new ConfigurationException(List.of("privacy.ledger: "
                    + held.spec().privacy().ledger()
                    + " contains other runs: an audit charges invented records and needs its own ledger"));
        }
    }

    /**
     * A run that this driver holds exclusively, checked against its ledger.
     *
     * @param chargedAlone whether the ledger has charges of no other run
     * @param beforeSecondMarginals the vote that precedes the second marginals of a table's estimate
     */
    private record Held(
            RunSpec spec,
            RunRecord record,
            boolean chargedAlone,
            PlannedReleases planned,
            int beforeSecondMarginals,
            IterationStore store,
            PrivateReleases releases,
            RunFiles output,
            PrivateStore privateStore,
            Supplier<Guarantee> guarantee) {

        /** Whether a release is yet to be made. */
        boolean readsRecords() {
            return planned.all().stream()
                    .anyMatch(release -> releases.made(release).isEmpty());
        }

        Held with(RunSpec otherSpec, PlannedReleases otherPlanned) {
            return new Held(
                    otherSpec,
                    record,
                    chargedAlone,
                    otherPlanned,
                    beforeSecondMarginals,
                    store,
                    releases,
                    output,
                    privateStore,
                    guarantee);
        }
    }

    /**
     * Holds a run exclusively while work is done on it.
     *
     * @param admission examines the store when it holds nothing yet but this driver's lease
     */
    private <T> T held(RunSpec declared, Consumer<RunFiles> admission, Function<Held, T> work) {
        source.requireGiven(declared);
        ForeignGeneration.of(declared, given);
        RunSpec spec = Modalities.pinned(spark, declared);
        Configuration hadoop = SessionFiles.configuration(spark);
        RunFiles output = RunFiles.at(spec.output().location(), hadoop);
        RunFiles storeFiles = output.in(STORE);
        PrivateStore privateStore = PrivateStore.of(spark, spec);
        RunLedger runLedger = new RunLedger(spec, RunFiles.at(spec.privacy().ledger(), hadoop), output);
        FileLedgerStorage ledgerStorage = runLedger.storage();
        Ledger ledger = resumable(output, runLedger::open);
        try (DriverLease lease = resumable(output, () -> DriverLease.acquire(storeFiles, clock))) {
            admission.accept(storeFiles);
            RunRecord run = resumable(
                    output,
                    () -> RunRecord.open(
                            storeFiles,
                            spec,
                            extend,
                            runId -> PrivacyPlan.extending(spec, RunLedger.charged(ledger, runId)),
                            clock));
            if (!FileIterationStore.isEmpty(storeFiles)) {
                listener.resumable(output.location());
            }
            IterationStore store = new FileIterationStore(storeFiles, lease, run.runId());
            int beforeSecondMarginals = EstimateLoop.votesBeforeSecondMarginals(spec, storeFiles, store);
            PlannedReleases planned = new PlannedReleases(spec, run, clock);
            ledger.checkAffordable(planned.all());
            runLedger.notices(ledger).forEach(listener::notice);
            // Copies of the run's folder have stores of their own, but share this ledger.
            try (DriverLease alone =
                    resumable(output, () -> DriverLease.acquire(ledgerStorage.leases(run.runId()), clock))) {
                new ResumeCheck(store, ledger, RunLedger.charges(ledger, run.runId()))
                        .verify(planned.all(), beforeSecondMarginals);
                removePrivateDataOfEarlierVersions(storeFiles);
                return work.apply(new Held(
                        spec,
                        run,
                        RunLedger.charges(ledger, run.runId()).size()
                                == ledger.entries().size(),
                        planned,
                        beforeSecondMarginals,
                        store,
                        new PrivateReleases(ledger, store, noise, alone::verify),
                        output,
                        privateStore,
                        guarantee(spec, run, ledgerStorage, ledger)));
            }
        }
    }

    /** The run with its columns, which it discovers first unless the configuration declares them. */
    private Held discovered(Held held) {
        if (!(held.spec().modality() instanceof UndiscoveredTable)) {
            return held;
        }
        Release release = held.planned().discovery().orElseThrow();
        RunSpec spec = new RunDiscovery(spark, held.spec(), release, held.releases(), held.output(), listener)
                .discovered(() -> pinned(held), held.readsRecords());
        return held.with(spec, new PlannedReleases(spec, held.record(), clock));
    }

    private static Supplier<Guarantee> guarantee(
            RunSpec spec, RunRecord run, FileLedgerStorage storage, Ledger ledger) {
        return () -> Guarantee.of(spec, run.runId(), run.fingerprint().full(), storage.location(), ledger);
    }

    private PrivateSource pinned(Held held) {
        return PinnedVersion.of(spark, held.spec(), held.output().in(STORE))
                .map(source::at)
                .orElse(source);
    }

    private OpenRun open(
            Held held,
            IterationStore store,
            OpenModality modality,
            Supplier<PrivateVectors> privateVectors,
            Consumer<Payload> ahead) {
        return new OpenRun(
                held.spec(),
                held.planned(),
                store,
                held.releases(),
                new SparkElectorate(new VoteStage(spark, held.spec()), privateVectors),
                modality.candidateEmbedder(),
                ahead,
                listener);
    }

    private RunResult run(Held held) {
        Optional<MlflowRun> tracked =
                MlflowRun.of(held.spec(), held.record().runId(), clock.instant(), System::getenv, listener);
        tracked.ifPresent(MlflowRun::started);
        boolean finished = false;
        try {
            RunResult result = run(held, tracked);
            finished = true;
            tracked.ifPresent(mlflow -> mlflow.finished(published(held, result)));
            return result;
        } finally {
            if (!finished) {
                tracked.ifPresent(MlflowRun::stopped);
            }
        }
    }

    /** What a tracking server may receive: what lies beside the published data, and no more. */
    private static MlflowRun.Published published(Held held, RunResult result) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Publication.PUBLISHED.forEach(
                name -> held.output().readBytes(name).ifPresent(content -> files.put(name, content)));
        Map<String, String> columns = new LinkedHashMap<>();
        for (StructField field : result.synthetic().schema().fields()) {
            columns.put(field.name(), trackedType(field.dataType()));
        }
        return new MlflowRun.Published(
                result.guarantee(),
                result.metrics(),
                columns,
                result.synthetic().count(),
                result.location(),
                files);
    }

    private static String trackedType(DataType type) {
        return switch (type.typeName()) {
            case "byte", "short", "integer" -> "integer";
            case "long", "float", "double", "boolean", "binary", "string" -> type.typeName();
            case "date", "timestamp", "timestamp_ntz" -> "datetime";
            default -> "double";
        };
    }

    private RunResult run(Held held, Optional<MlflowRun> tracked) {
        RunSpec spec = held.spec();
        RunFiles output = held.output();
        RunFiles storeFiles = output.in(STORE);
        Optional<OutputTable> table =
                OutputTable.of(spark, spec, source, storeFiles, held.record().runId());
        table.ifPresent(OutputTable::requireWritable);
        PrivateSource pinned = pinned(held);
        OpenModality modality = Modalities.open(spark, pinned, spec, storeFiles, held.privateStore(), listener);
        Optional<ForeignGeneration> foreign = ForeignGeneration.of(spec, given);
        try (OnceOpened privateVectors = new OnceOpened(() -> read(modality));
                OpenGenerator generator = new OpenGenerator(
                        foreign.map(own -> obeying(spec, own.open(modality.generationContext(storeFiles))))
                                .orElseGet(modality::generator),
                        listener);
                EmbeddingAhead ahead = new EmbeddingAhead(modality.candidateEmbedder())) {
            JournaledGeneration generation = new JournaledGeneration(
                    generator.api(), foreign.isPresent() ? ForeignGeneration.REJECTIONS : modality.rejections());
            IterationStore store = held.store();
            if (held.readsRecords()) {
                // Before anything takes long, is charged or is paid for: fails on too many dimensions, an unreachable
                // server or bad data.
                Modalities.requireServed(spec, modality.candidateEmbedder().dimension());
                if (store.lastCommitted() < 0 && store.journal(0).entries().isEmpty()) {
                    askForFirstSample(generation, spec, store, output);
                }
                privateVectors.get();
            }
            listener.resumable(output.location());
            OpenRun open = open(
                    held,
                    new AnnouncedVotes(
                            store,
                            spec.evolution().votes(),
                            () -> held.guarantee().get().epsilon(),
                            tracked.<RunListener>map(mlflow -> Listeners.of(listener, mlflow))
                                    .orElse(listener)),
                    modality,
                    privateVectors,
                    generation.isDear() ? ahead : made -> {});
            Outcome outcome =
                    constrained(spec, evolved(open, storeFiles, held.beforeSecondMarginals(), generation, modality));
            listener.stageStarted("writing the results", 0);
            Instant day = clock.instant().truncatedTo(ChronoUnit.DAYS);
            return new Publication(spark, spec, store, output, held.record().plan(), pinned.version(), table)
                    .publish(
                            outcome,
                            held.guarantee().get(),
                            day,
                            modality,
                            modality.measures(privateVectors),
                            new ForeignMetrics(spark, spec, modality, privateVectors, listener));
        }
    }

    /** A generator from outside, whose rows obey the constraints of the table. */
    private static GenerationApi obeying(RunSpec spec, GenerationApi api) {
        return spec.modality() instanceof RunSpec.Tabular table
                        && !table.constraints().isEmpty()
                ? new ObeyingGeneration(api, Constraints.of(table, spec.labels()))
                : api;
    }

    /** The outcome with the constraints that concern all of its rows together. Rows beside a text stay as they are. */
    private static Outcome constrained(RunSpec spec, Outcome outcome) {
        if (!(spec.modality() instanceof RunSpec.Tabular table)) {
            return outcome;
        }
        Population population = outcome.population();
        List<Sample> rows = Constraints.of(table, spec.labels())
                .published(
                        population.samples(),
                        outcome.estimate().map(WeightedSamples::samples).orElse(population.samples()),
                        outcome.estimate().map(WeightedSamples::weights).orElse(List.of()));
        return new Outcome(new Population(population.iteration(), rows), outcome.weights(), outcome.estimate());
    }

    private Outcome evolved(
            OpenRun run,
            RunFiles storeFiles,
            int beforeSecondMarginals,
            JournaledGeneration generation,
            OpenModality modality) {
        RunSpec spec = run.spec();
        if (spec.estimatesTable()) {
            return new EstimateLoop(run, storeFiles, beforeSecondMarginals).run();
        }
        if (!spec.evolution().estimates()) {
            return Outcome.of(new EvolutionLoop(run, generation).run(), Optional.empty());
        }
        PointSearch search = SpreadSearch.of(spark, spec, run.embedder().dimension());
        return spec.buysMarginals()
                ? new RecordEstimateLoop(run, storeFiles, generation, search, modality::drawColumns).run()
                : new SampleEstimateLoop(run, generation, search).run();
    }

    /**
     * Whether the output already holds this run, or the same run with another schedule or privacy target. Needs no
     * Spark session.
     *
     * @throws StoreException if the output cannot be reached from here
     */
    public static boolean isBegun(RunSpec spec) {
        FilesToRead store = FilesBeforeRun.at(spec.output().location()).in(STORE);
        return RunRecord.recorded(store)
                .filter(run ->
                        run.fingerprint().identity().equals(Fingerprint.of(spec).identity()))
                .isPresent();
    }

    /**
     * Number of floats in an embedding of the run. Opens a model that the configuration names, but none that comes with
     * the program.
     *
     * @throws org.privateevolution.config.ConfigurationException if the model cannot be opened
     */
    public static int embeddingDimension(RunSpec spec) {
        return Modalities.dimension(spec);
    }

    /**
     * Reads the private data and checks them, and the files that the configuration names, against their declarations;
     * embeds no text and releases nothing.
     *
     * @throws org.privateevolution.spark.source.PrivateDataException if the data do not fit
     */
    public void check(RunSpec spec) {
        source.requireGiven(spec);
        ForeignGeneration.of(spec, given);
        if (spec.modality() instanceof UndiscoveredTable) {
            RunDiscovery.check(spark, source, spec);
            return;
        }
        Modalities.check(spark, source, spec);
    }

    /**
     * Tells the listener that the run can be resumed if a step fails because another driver holds the run, or because
     * its files or ledger have to be repaired; not if the output holds a run of another configuration.
     */
    private <T> T resumable(RunFiles output, Supplier<T> step) {
        try {
            return step.get();
        } catch (StoreException e) {
            listener.resumable(output.location());
            throw e;
        } catch (PrivacyException e) {
            if (!FileIterationStore.isEmpty(output.in(STORE))) {
                listener.resumable(output.location());
            }
            throw e;
        }
    }

    private void askForFirstSample(
            JournaledGeneration generation, RunSpec spec, IterationStore store, RunFiles output) {
        if (!generation.isDear()) {
            return;
        }
        listener.stageStarted("requesting a first sample", 0);
        try {
            generation.probe(new PopulationPlanner(new Seed(spec.seed())).first(), store.journal(0));
        } catch (GenerationException e) {
            listener.resumable(output.location());
            throw e;
        }
    }

    /** Earlier versions kept embeddings and names of private images beside the results. */
    private void removePrivateDataOfEarlierVersions(RunFiles storeFiles) {
        for (String directory : List.of("private-embeddings", "private-corrupt-images")) {
            RunFiles files = storeFiles.in(directory);
            if (!files.list().isEmpty()) {
                files.removeAll();
                listener.notice("removed " + files.location() + ", where an earlier version kept private data;"
                        + " embeddings are made again, in private_data.store.path");
            }
        }
    }

    private PrivateVectors read(OpenModality modality) {
        listener.stageStarted("reading and embedding the private records", 0);
        return modality.privateVectors();
    }

    /**
     * The guarantee that a configuration states holds for a fresh run; for an extended run, the guarantee that it
     * actually has is announced.
     */
    private void announceExtension(RunSpec spec, RunRecord run) {
        if (!run.plan().equals(PrivacyPlan.of(spec))) {
            int votes = run.plan().votes().size();
            listener.notice("extended run: with the noise of its earlier votes, its " + votes
                    + " votes cost epsilon "
                    + RoundedFigure.up(run.plan().epsilon(spec)) + " at delta "
                    + RoundedFigure.exact(spec.privacy().delta()) + "; the last vote has noise multiplier "
                    + RoundedFigure.down(run.plan().votes().get(votes - 1)));
        }
    }

    private void announceBeginning(Held held) {
        Guarantee guarantee = held.guarantee().get();
        long votes = guarantee.charges().stream()
                .filter(charge -> charge.release().kind() == Release.Kind.VOTES)
                .count();
        listener.begun(held.spec(), held.record().plan().epsilon(held.spec()), (int) votes, guarantee.epsilon());
    }

    /** Says of a run that is over that starting it again changes nothing. */
    private void announceEnd(Held held) {
        RunFiles output = held.output();
        if (output.read(Publication.GUARANTEE).isPresent()
                && held.planned().all().stream()
                        .noneMatch(release -> held.releases().made(release).isEmpty())) {
            listener.notice("this run has already finished: its results are in " + output.location()
                    + ". They are written again from what was released, and nothing is charged. For more rows: pe"
                    + " sample. For more votes: raise evolution.votes and add --extend. For another run: choose another"
                    + " output.path");
        }
    }

    /**
     * The generator of samples. A failure to close it is only reported as a notice: by then the results exist, and
     * private data still have to be removed.
     */
    private record OpenGenerator(GenerationApi api, RunListener listener) implements AutoCloseable {
        @Override
        public void close() {
            try {
                api.close();
            } catch (Exception | LinkageError | AssertionError e) {
                listener.notice("the generator could not be closed: "
                        + (e.getMessage() == null ? e.getClass().getName() : e.getMessage()));
            }
        }
    }

    /** The private vectors, read when they are first needed. */
    private static final class OnceOpened implements Supplier<PrivateVectors>, AutoCloseable {
        private final Supplier<PrivateVectors> open;
        private PrivateVectors vectors;

        OnceOpened(Supplier<PrivateVectors> open) {
            this.open = open;
        }

        @Override
        public PrivateVectors get() {
            if (vectors == null) {
                vectors = open.get();
            }
            return vectors;
        }

        @Override
        public void close() {
            if (vectors != null) {
                vectors.close();
            }
        }
    }
}

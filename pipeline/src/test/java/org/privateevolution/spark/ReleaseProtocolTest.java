package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.model.TableRow;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.LedgerRecord;
import org.privateevolution.privacy.LedgerStorage;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.Release;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.spark.CrashingFileSystem.Crash;
import org.privateevolution.spark.CrashingFileSystem.Driver;
import org.privateevolution.spark.store.DriverLease;
import org.privateevolution.spark.store.FileIterationStore;
import org.privateevolution.spark.store.FileLedgerStorage;
import org.privateevolution.spark.store.ReadableHistograms;
import org.privateevolution.spark.store.RunFiles;
import org.privateevolution.spark.store.RunRecord;
import org.privateevolution.spi.StoreException;

/**
 * Whatever happens to a run and its folder, no release ever has two noisy histograms that somebody could read. A driver dies
 * in front of every single change of storage; then the run is resumed, or resumed with a store from an earlier copy, or its
 * folder was copied and both are resumed. All of storage is read after every change, torn files and temporaries included.
 *
 * <p>The run is that of {@link PrivateEvolution} without its votes: leases, record, check, releases, selections and
 * populations in the same order on the same classes. Every driver draws noise of its own.
 */
class ReleaseProtocolTest {

    private static final int NEVER = Integer.MAX_VALUE;
    private static final int CANDIDATES = 3;

    /** So that no two drivers draw alike. */
    private static final AtomicLong SEEDS = new AtomicLong(1);

    @TempDir
    Path directory;

    /** What a fault changes in the ledger. */
    private UnaryOperator<LedgerStorage> fault = UnaryOperator.identity();

    private int resumes;

    @Test
    void aRunThatDiesReleasesOnce() throws IOException {
        dieAndResume(5);
    }

    @Test
    @Tag("faults")
    void aRunThatDiesAnywhereReleasesOnce() throws IOException {
        dieAndResume(1);
    }

    @Test
    void aRunWhoseStoreIsRolledBackReleasesOnce() throws IOException {
        rollBack(7);
    }

    @Test
    @Tag("faults")
    void aRunWhoseStoreIsRolledBackFromAnywhereToAnywhereReleasesOnce() throws IOException {
        rollBack(1);
    }

    @Test
    void aRunWhoseFolderWasCopiedReleasesOnce() throws IOException {
        fork(5);
    }

    @Test
    @Tag("faults")
    void aRunWhoseFolderWasCopiedAnywhereReleasesOnce() throws IOException {
        fork(1);
    }

    @Test
    void aRunWhoseCopiesRunAtTheSameTimeReleasesOnce() throws Exception {
        race(13);
    }

    @Test
    @Tag("faults")
    void aRunWhoseCopiesRunAtTheSameTimeFromAnywhereReleasesOnce() throws Exception {
        race(1);
    }

    /** The check's twin: a ledger that does not know what it released, as one that notes it too late. */
    @Test
    void aLedgerThatForgetsItsReleasesIsFound() {
        fault = Forgetful::new;

        assertThatThrownBy(() -> rollBack(3)).isInstanceOf(AssertionError.class).hasMessageContaining("histograms of");
    }

    /**
     * The steps that gave two histograms under 0.1.0: the second release is on storage and the driver dies; the store comes
     * back as it was before that release; the run is resumed.
     */
    @Test
    void theStoreOfBeforeAReleaseGivesTheSameRelease() throws IOException {
        int change = 1;
        Case dead = die(change);
        while (!Files.exists(dead.store.resolve("releases/vote-002.json"))) {
            change += 7;
            dead = die(change);
        }
        Path release = dead.store.resolve("releases/vote-002.json");
        String first = Files.readString(release);
        Files.delete(release);
        delete(dead.store.resolve("iteration-002"));

        resume(dead, dead.store);

        assertThat(release).hasContent(first);
        dead.check();
    }

    /** Two drivers that no lease keeps apart use the same histograms, and leave no other. */
    @Test
    void withoutLeasesTheFirstHistogramCounts() throws Exception {
        for (int round = 0; round < 11; round++) {
            Case run = new Case(directory.resolve("unleased-" + round));
            Release release = EvolutionLoop.planned(
                            spec(), RunRecord.start(spec(), Clock.systemUTC()), Clock.systemUTC())
                    .get(0);
            Callable<NoisyHistogram> driver = () -> {
                RunFiles files = RunFiles.at(run.store.resolve("" + SEEDS.get()).toString(), new Configuration());
                FileIterationStore store =
                        new FileIterationStore(files, DriverLease.acquire(files, Clock.systemUTC()), release.runId());
                Ledger ledger =
                        new Ledger(new FileLedgerStorage(RunFiles.at(run.ledger.toString(), new Configuration())));
                long seed = SEEDS.incrementAndGet();
                return new PrivateReleases(ledger, store, TestNoise.seeded(seed), () -> {})
                        .release(release, ReleaseProtocolTest::votes);
            };
            List<NoisyHistogram> used = new ArrayList<>();
            ExecutorService drivers = Executors.newFixedThreadPool(2);
            try {
                for (Future<NoisyHistogram> future : drivers.invokeAll(List.of(driver, driver))) {
                    try {
                        used.add(future.get());
                    } catch (ExecutionException e) {
                        // The other was faster by so much that this one sees its charge used.
                        assertThat(e.getCause()).isInstanceOfAny(PrivacyException.class, StoreException.class);
                    }
                }
            } finally {
                drivers.shutdownNow();
            }
            assertThat(used).isNotEmpty();
            assertThat(used.stream().distinct()).hasSize(1);
            run.seen.look(run.root, run.ledger);
            run.check();
        }
    }

    private void dieAndResume(int every) throws IOException {
        int changes = changesOfAWholeRun();
        for (int change = 1; change <= changes; change += every) {
            Case dead = die(change);
            resume(dead, dead.store);
            dead.check();
            delete(dead.root);
        }
        assertThat(changes).isGreaterThan(60);
    }

    private void rollBack(int every) throws IOException {
        int changes = changesOfAWholeRun();
        for (int change = 1; change <= changes; change += every) {
            Case dead = die(change);
            List<Path> earlier = List.copyOf(dead.snapshots);
            for (int i = 0; i < earlier.size(); i += every) {
                Case again = dead.copy(directory.resolve("again-" + change + "-" + i));
                delete(again.store);
                copy(earlier.get(i), again.store);
                resume(again, again.store);
                again.check();
                delete(again.root);
            }
            delete(dead.root);
        }
        assertThat(resumes).isGreaterThan(20);
    }

    private void fork(int every) throws IOException {
        int changes = changesOfAWholeRun();
        for (int change = 1; change <= changes; change += every) {
            Case dead = die(change);
            Path fork = dead.root.resolve("fork");
            copy(dead.store, fork);
            resume(dead, dead.store);
            resume(dead, fork);
            dead.check();
            delete(dead.root);
        }
    }

    private void race(int every) throws Exception {
        int changes = changesOfAWholeRun();
        ExecutorService drivers = Executors.newFixedThreadPool(2);
        try {
            for (int change = 1; change <= changes; change += every) {
                Case dead = die(change);
                Path fork = dead.root.resolve("fork");
                copy(dead.store, fork);
                List<Callable<Void>> both = new ArrayList<>();
                for (Path store : List.of(dead.store, fork)) {
                    both.add(() -> {
                        resume(dead, store);
                        return null;
                    });
                }
                for (Future<Void> driver : drivers.invokeAll(both)) {
                    driver.get();
                }
                dead.check();
                delete(dead.root);
            }
        } finally {
            drivers.shutdownNow();
        }
    }

    private int changesOfAWholeRun() throws IOException {
        Case whole = new Case(directory.resolve("whole"));
        Driver driver = new Driver(NEVER, whole::look);
        drive(whole, whole.store, driver);
        assertThat(whole.seen.releases()).containsExactlyInAnyOrder("label-counts", "vote-001", "vote-002");
        whole.check();
        delete(whole.root);
        return driver.changes();
    }

    /** A run whose driver died in front of a change. */
    private Case die(int change) throws IOException {
        Case run = new Case(directory.resolve("dead-" + change));
        delete(run.root);
        try {
            drive(run, run.store, new Driver(change, run::look));
        } catch (Crash expected) {
            run.look();
        }
        abandonLeases(run.root);
        return run;
    }

    /** Goes on with a run; to refuse it is right, too. */
    private void resume(Case run, Path store) throws IOException {
        synchronized (this) {
            resumes++;
        }
        try {
            drive(run, store, new Driver(NEVER, run::look));
        } catch (PrivacyException | StoreException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
        run.look();
    }

    private void drive(Case run, Path storeFolder, Driver driver) {
        Clock clock = Clock.systemUTC();
        RunSpec spec = spec();
        RunFiles files = RunFiles.at(storeFolder.toString(), driver.configuration());
        FileLedgerStorage storage = new FileLedgerStorage(RunFiles.at(run.ledger.toString(), driver.configuration()));
        Ledger ledger = new Ledger(fault.apply(storage));
        try (DriverLease lease = DriverLease.acquire(files, clock)) {
            RunRecord record = RunRecord.open(files, spec, false, id -> PrivacyPlan.of(spec), clock);
            List<Release> planned = EvolutionLoop.planned(spec, record, clock);
            try (DriverLease alone = DriverLease.acquire(storage.leases(record.runId()), clock)) {
                FileIterationStore store = new FileIterationStore(files, lease, record.runId());
                List<LedgerEntry> charges = ledger.entries().stream()
                        .filter(entry -> entry.release().runId().equals(record.runId()))
                        .toList();
                new ResumeCheck(store, ledger, charges).verify(planned);
                long seed = SEEDS.incrementAndGet();
                PrivateReleases releases = new PrivateReleases(ledger, store, TestNoise.seeded(seed), alone::verify);
                releases.release(planned.get(0), ReleaseProtocolTest::votes);
                if (store.lastCommitted() < 0) {
                    store.commit(population(0));
                }
                for (int vote = store.lastCommitted() + 1; vote < planned.size(); vote++) {
                    releases.release(planned.get(vote), ReleaseProtocolTest::votes);
                    store.commitSelection(
                            vote,
                            List.of(new SelectionRecord(0, List.of(0), 1)),
                            List.of(new MetricValue(vote, "all", "survivors", 1, true)),
                            Set.of());
                    store.commit(population(vote));
                }
            }
        }
    }

    private static VoteHistogram votes() {
        return new VoteHistogram(CANDIDATES);
    }

    private static Population population(int iteration) {
        return new Population(
                iteration,
                IntStream.range(0, CANDIDATES)
                        .mapToObj(i -> new Sample("g" + iteration + "." + i, 0, new TableRow(new double[] {i}), ""))
                        .toList());
    }

    private static RunSpec spec() {
        return Customers.spec(
                Path.of("in"), Path.of("out"), "labels.fractions={noisy: {noise_multiplier: 5}}", "seed=1");
    }

    /** A run's folder, and what somebody has read of it so far. */
    private static final class Case {
        private final Path root;
        private final Path store;
        private final Path ledger;
        private final ReadableHistograms seen;
        /** Copies of the store, one for each of its states. */
        private final List<Path> snapshots = new ArrayList<>();

        private Map<String, String> newest = Map.of();

        Case(Path root) {
            this(root, new ReadableHistograms());
        }

        private Case(Path root, ReadableHistograms seen) {
            this.root = root;
            this.store = root.resolve("store");
            this.ledger = root.resolve("ledger");
            this.seen = seen;
        }

        Case copy(Path to) throws IOException {
            delete(to);
            ReleaseProtocolTest.copy(store, to.resolve("store"));
            ReleaseProtocolTest.copy(ledger, to.resolve("ledger"));
            return new Case(to, seen.copy());
        }

        synchronized void look() {
            seen.look(root, ledger);
            try {
                Map<String, String> state = state(store);
                if (!state.equals(newest)) {
                    newest = state;
                    Path snapshot = root.resolveSibling(root.getFileName() + "-store-" + snapshots.size());
                    delete(snapshot);
                    ReleaseProtocolTest.copy(store, snapshot);
                    abandonLeases(snapshot);
                    snapshots.add(snapshot);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void check() {
            seen.requireChargedOnce(ledger);
        }
    }

    /** Sizes and times by name, without leases, which change by the clock. */
    private static Map<String, String> state(Path folder) throws IOException {
        Map<String, String> state = new TreeMap<>();
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!file.getFileName().toString().contains("lease")) {
                        state.put(
                                folder.relativize(file).toString(),
                                Files.size(file) + " " + Files.getLastModifiedTime(file));
                    }
                }
            }
        }
        return state;
    }

    private static void abandonLeases(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches("lease-\\d+\\.json"))
                    .toList()) {
                Files.writeString(file, Abandoned.lease(Files.readString(file)));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Knows only what it has released itself, and puts that in the place of what was there. */
    private static final class Forgetful implements LedgerStorage {
        private final LedgerStorage storage;
        private final Map<String, NoisyHistogram> own = new TreeMap<>();

        Forgetful(LedgerStorage storage) {
            this.storage = storage;
        }

        @Override
        public List<LedgerRecord> read() throws IOException {
            return storage.read();
        }

        @Override
        public void append(LedgerRecord entry) throws IOException {
            storage.append(entry);
        }

        @Override
        public Optional<Released> released(LedgerEntry entry) {
            return Optional.ofNullable(own.get(entry.hash()))
                    .map(histogram -> new Released(histogram.digest(), Optional.of(histogram)));
        }

        @Override
        public Optional<Released> recover(LedgerEntry entry) {
            return released(entry);
        }

        @Override
        public void release(LedgerEntry entry, NoisyHistogram histogram) throws IOException {
            own.put(entry.hash(), histogram);
            if (storage.released(entry).isEmpty()) {
                storage.release(entry, histogram);
            }
        }
    }
}

package org.privateevolution.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.Abandoned;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.LedgerRecord;
import org.privateevolution.privacy.LedgerStorage;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.spark.CrashingFileSystem.Crash;
import org.privateevolution.spark.CrashingFileSystem.Driver;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.ReadableHistograms;
import org.privateevolution.store.RunFiles;

/**
 * Whatever happens to a run and its folder, no release ever has two noisy histograms that can be read. A driver dies
 * before each single change of storage; then the run is resumed, or resumed with a store from an earlier copy, or its
 * folder was copied and both copies are resumed. All of storage is read after every change, including torn files and
 * temporaries.
 *
 * <p>The run is a {@link DryRun}. Every driver draws its own noise.
 */
class ReleaseProtocolTest {

    private static final int NEVER = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    /** What a fault changes in the ledger. */
    private UnaryOperator<LedgerStorage> fault = UnaryOperator.identity();

    private int resumes;

    @Test
    void aRunThatDiesReleasesOnce() throws IOException {
        dieAndResume(13);
    }

    @Test
    @Tag("faults")
    void aRunThatDiesAnywhereReleasesOnce() throws IOException {
        dieAndResume(1);
    }

    @Test
    void aRunWhoseStoreIsRolledBackReleasesOnce() throws IOException {
        rollBack(10);
    }

    @Test
    @Tag("faults")
    void aRunWhoseStoreIsRolledBackFromAnywhereToAnywhereReleasesOnce() throws IOException {
        rollBack(1);
    }

    @Test
    void aRunWhoseFolderWasCopiedReleasesOnce() throws IOException {
        fork(13);
    }

    @Test
    @Tag("faults")
    void aRunWhoseFolderWasCopiedAnywhereReleasesOnce() throws IOException {
        fork(1);
    }

    @Test
    void aRunWhoseCopiesRunAtTheSameTimeReleasesOnce() throws Exception {
        race(29);
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
     * The steps that gave two histograms under 0.1.0: the second release is on storage and the driver dies; the store
     * is restored to its state before that release; the run is resumed.
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
            List<NoisyHistogram> used = DryRun.withoutLeases(
                    RunFiles.at(run.store.toString(), new Configuration()),
                    RunFiles.at(run.ledger.toString(), new Configuration()));
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
        RunFiles files = RunFiles.at(storeFolder.toString(), driver.configuration());
        FileLedgerStorage storage = new FileLedgerStorage(RunFiles.at(run.ledger.toString(), driver.configuration()));
        DryRun.drive(files, storage, fault);
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
                while (!snapshot()) {
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Returns false if another driver has deleted a file meanwhile, as each does with its temporary files. */
        private boolean snapshot() throws IOException {
            try {
                Map<String, String> state = state(store);
                if (!state.equals(newest)) {
                    Path snapshot = root.resolveSibling(root.getFileName() + "-store-" + snapshots.size());
                    delete(snapshot);
                    ReleaseProtocolTest.copy(store, snapshot);
                    abandonLeases(snapshot);
                    newest = state;
                    snapshots.add(snapshot);
                }
                return true;
            } catch (NoSuchFileException e) {
                return false;
            } catch (UncheckedIOException e) {
                if (e.getCause() instanceof NoSuchFileException) {
                    return false;
                }
                throw e;
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

package org.privateevolution.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.model.TableRow;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.LedgerStorage;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.Release;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.DriverLease;
import org.privateevolution.store.FileIterationStore;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.RunRecord;

/**
 * The run of {@code PrivateEvolution} without its votes: leases, record, check, releases, selections and populations in
 * the same order, by the same classes. It makes the releases label-counts, vote-001 and vote-002.
 */
final class DryRun {

    private static final int CANDIDATES = 3;

    /** So that no two drivers draw alike. */
    private static final AtomicLong SEEDS = new AtomicLong(1);

    private DryRun() {}

    static RunSpec spec() {
        return Customers.spec(
                Path.of("in"), Path.of("out"), "labels.fractions={noisy: {noise_multiplier: 5}}", "seed=1");
    }

    /** Runs, or goes on, with noise of its own. */
    static void drive(RunFiles files, FileLedgerStorage storage, UnaryOperator<LedgerStorage> fault) {
        Clock clock = Clock.systemUTC();
        RunSpec spec = spec();
        Ledger ledger = new Ledger(fault.apply(storage));
        try (DriverLease lease = DriverLease.acquire(files, clock)) {
            RunRecord record = RunRecord.open(files, spec, false, id -> PrivacyPlan.of(spec), clock);
            List<Release> planned = new PlannedReleases(spec, record, clock).all();
            try (DriverLease alone = DriverLease.acquire(storage.leases(record.runId()), clock)) {
                FileIterationStore store = new FileIterationStore(files, lease, record.runId());
                List<LedgerEntry> charges = ledger.entries().stream()
                        .filter(entry -> entry.release().runId().equals(record.runId()))
                        .toList();
                new ResumeCheck(store, ledger, charges).verify(planned, 0);
                long seed = SEEDS.incrementAndGet();
                PrivateReleases releases = new PrivateReleases(ledger, store, TestNoise.seeded(seed), alone::verify);
                releases.release(planned.get(0), DryRun::votes);
                if (store.lastCommitted() < 0) {
                    store.commit(population(0));
                }
                for (int vote = store.lastCommitted() + 1; vote < planned.size(); vote++) {
                    releases.release(planned.get(vote), DryRun::votes);
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

    /**
     * The histograms that two drivers use for one release at the same time, each with its own store and without a lease
     * on the run.
     */
    static List<NoisyHistogram> withoutLeases(RunFiles stores, RunFiles ledgerFiles) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        Release release = new PlannedReleases(spec(), RunRecord.start(spec(), clock), clock)
                .all()
                .get(0);
        Callable<NoisyHistogram> driver = () -> {
            long seed = SEEDS.incrementAndGet();
            RunFiles files = stores.in("" + seed);
            FileIterationStore store =
                    new FileIterationStore(files, DriverLease.acquire(files, clock), release.runId());
            Ledger ledger = new Ledger(new FileLedgerStorage(ledgerFiles));
            return new PrivateReleases(ledger, store, TestNoise.seeded(seed), () -> {}).release(release, DryRun::votes);
        };
        List<NoisyHistogram> used = new ArrayList<>();
        ExecutorService drivers = Executors.newFixedThreadPool(2);
        try {
            for (Future<NoisyHistogram> future : drivers.invokeAll(List.of(driver, driver))) {
                try {
                    used.add(future.get());
                } catch (ExecutionException e) {
                    requireRefusal(e.getCause());
                }
            }
        } finally {
            drivers.shutdownNow();
        }
        return used;
    }

    /** The other was faster by so much that this one sees its charge used. */
    private static void requireRefusal(Throwable failure) {
        if (!(failure instanceof PrivacyException || failure instanceof StoreException)) {
            throw new AssertionError(failure);
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
}

package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.Abandoned;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spi.RunListener;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.S3Server;
import org.privateevolution.store.S3Server.Fate;

/** Runs whose data, store, ledger and output are all on S3. */
class S3RunTest {

    private static final String LAKE = "s3a://lake/";
    private static final List<String> RELEASES = List.of("vote-001.json", "vote-002.json");

    @TempDir
    static Path local;

    private static SparkSession spark;
    private static S3Server server;
    private static List<Row> expected;

    @BeforeAll
    static void putTheData() throws Exception {
        spark = TestSession.spark();
        server = S3Server.start("lake");
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        server.settings().forEach((key, value) -> hadoop.set(key.replace("fs.s3a.", "fs.s3a.bucket.lake."), value));
        Customers.rows(spark).write().parquet(LAKE + "private");
        Customers.rows(spark).write().parquet(local.resolve("private").toString());
        expected = run(
                        spec(
                                local.resolve("private").toString(),
                                local.resolve("out").toString(),
                                7),
                        11)
                .synthetic()
                .collectAsList();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RunSpec spec(String data, String output, long seed) {
        return RunConfiguration.parse(Customers.yaml(data, output), "customers.yaml", List.of("seed=" + seed));
    }

    private static RunResult run(RunSpec spec, long noise) {
        return PrivateEvolution.on(spark).noise(TestNoise.seeded(noise)).run(spec);
    }

    private static RunFiles files(String location) {
        return RunFiles.at(location, spark.sparkContext().hadoopConfiguration());
    }

    @Test
    void aRunOnS3EqualsTheSameRunOnLocalFiles() {
        server.fail((method, number, path) -> Fate.SERVED);
        RunResult result = run(spec(LAKE + "private", LAKE + "whole", 7), 11);

        assertThat(result.synthetic().collectAsList()).containsExactlyElementsOf(expected);
        assertThat(spark.read().parquet(LAKE + "whole/synthetic/parquet").collectAsList())
                .containsExactlyElementsOf(expected);
        assertThat(result.guarantee().charges()).hasSize(RELEASES.size());
        assertThat(files(LAKE + "whole").list())
                .contains("guarantee.json", "metrics.csv", "report.html", "ledger", "store", "synthetic");
    }

    @Test
    void aRunThroughPassingFaultsIsTheSame() {
        AtomicInteger faults = new AtomicInteger();
        Fate[] fates = {Fate.ERROR_500, Fate.SLOW_DOWN, Fate.ANSWER_LOST};
        server.fail((method, number, path) ->
                number % 7 == 3 ? fates[faults.getAndIncrement() % fates.length] : Fate.SERVED);
        RunResult result = run(spec(LAKE + "private", LAKE + "shaky", 7), 11);
        server.fail((method, number, path) -> Fate.SERVED);

        assertThat(faults.get()).isGreaterThan(20);
        assertThat(result.synthetic().collectAsList()).containsExactlyElementsOf(expected);
        assertThat(result.guarantee().charges()).hasSize(RELEASES.size());
    }

    @Test
    void aRunThatAnOutageEndedGoesOn() {
        outages(List.of("PUT"), 43);
    }

    @Test
    @Tag("faults")
    void aRunThatAnOutageEndedAnywhereGoesOn() {
        outages(List.of("PUT", "GET", "HEAD", "DELETE", "POST"), Integer.getInteger("faults.step", 7));
    }

    /** An outage that begins at every {@code step}-th request of each kind, and lasts until the run fails. */
    private static void outages(List<String> kinds, int step) {
        for (String kind : kinds) {
            boolean failed = true;
            for (int first = 1; failed; first += step) {
                failed = outage(kind, first, "out-" + step + "-" + kind + "-" + first);
            }
        }
    }

    /** Whether the run got far enough to meet the outage; it must go on from there. */
    private static boolean outage(String kind, int first, String output) {
        RunSpec spec = spec(LAKE + "private", LAKE + output, 7);
        AtomicInteger met = new AtomicInteger();
        server.fail((method, number, path) -> {
            if (method.equals(kind) && number >= first) {
                met.incrementAndGet();
                return number % 2 == 0 ? Fate.ERROR_500 : Fate.ANSWER_LOST;
            }
            return Fate.SERVED;
        });
        Map<String, String> before;
        try {
            run(spec, 11);
        } catch (RuntimeException e) {
            assertThat(met.get()).as("%s %d: %s", kind, first, e).isPositive();
        } finally {
            server.fail((method, number, path) -> Fate.SERVED);
            before = releases(output);
        }
        if (met.get() == 0) {
            return false;
        }
        bury(output);
        // Noise that is drawn after the outage is new: only what was released before must stay.
        RunResult result = run(spec, 13);
        assertThat(releases(output)).containsAllEntriesOf(before).containsOnlyKeys(RELEASES);
        assertThat(result.guarantee().charges()).hasSize(RELEASES.size());
        assertThat(result.synthetic().count()).isEqualTo(expected.size());
        return true;
    }

    /** The leases of store and ledger may not have been given back: the driver that held them is dead. */
    private static void bury(String output) {
        RunFiles store = files(LAKE + output + "/store");
        bury(store);
        store.read("run.json").ifPresent(run -> {
            Matcher id = Pattern.compile("\"run\" *: *\"([^\"]+)\"").matcher(run);
            assertThat(id.find()).isTrue();
            bury(files(LAKE + output + "/ledger/leases/" + id.group(1)));
        });
    }

    private static void bury(RunFiles leases) {
        for (String name : leases.list()) {
            if (name.startsWith("lease-")) {
                leases.write(name, Abandoned.lease(leases.read(name).orElseThrow()));
            }
        }
    }

    @Test
    void aSecondDriverIsToldWhoHoldsTheRun() {
        server.fail((method, number, path) -> Fate.SERVED);
        RunSpec spec = spec(LAKE + "private", LAKE + "held", 7);
        List<String> refusals = new ArrayList<>();
        RunResult result = PrivateEvolution.on(spark)
                .noise(TestNoise.seeded(11))
                .listener(new RunListener() {
                    @Override
                    public void stageStarted(String stage, long total) {
                        try {
                            run(spec, 13);
                        } catch (StoreException e) {
                            refusals.add(e.getMessage());
                        }
                    }
                })
                .run(spec);

        assertThat(refusals)
                .hasSizeGreaterThan(4)
                .allMatch(message -> message.contains(
                        "is held by process " + ProcessHandle.current().pid()));
        assertThat(result.synthetic().collectAsList()).containsExactlyElementsOf(expected);
        assertThat(releases("held")).containsOnlyKeys(RELEASES);
        assertThat(result.guarantee().charges()).hasSize(RELEASES.size());
    }

    @Test
    void ofTwoDriversThatStartAtOnceOneWins() throws Exception {
        server.fail((method, number, path) -> Fate.SERVED);
        RunSpec spec = spec(LAKE + "private", LAKE + "raced", 7);
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Optional<RunResult>> driver = () -> {
            start.await();
            try {
                return Optional.of(run(spec, 11));
            } catch (StoreException e) {
                assertThat(e).hasMessageContaining("lake/raced");
                return Optional.empty();
            }
        };
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            List<RunResult> winners = new ArrayList<>();
            for (Future<Optional<RunResult>> outcome : executor.invokeAll(List.of(driver, driver))) {
                outcome.get().ifPresent(winners::add);
            }
            assertThat(winners).hasSize(1);
            assertThat(winners.get(0).synthetic().collectAsList()).containsExactlyElementsOf(expected);
            assertThat(winners.get(0).guarantee().charges()).hasSize(RELEASES.size());
        } finally {
            executor.shutdownNow();
        }
    }

    private static Map<String, String> releases(String output) {
        RunFiles releases = files(LAKE + output + "/store/releases");
        Map<String, String> contents = new TreeMap<>();
        for (String name : releases.list()) {
            contents.put(name, releases.read(name).orElseThrow());
        }
        return contents;
    }
}

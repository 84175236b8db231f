package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.fixtures.ChildJvm;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;

/**
 * A driver that is killed, and run again. Whatever the instant, what was released stays as it is to the last byte, no
 * release is charged twice, and the run ends as if nothing had happened.
 */
class KilledDriverTest {

    private static final String[] RELEASES = {"label-counts", "vote-001", "vote-002", "vote-003"};
    private static final int SAMPLES = 13;
    private static final String NOWHERE = "none";

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path directory;

    static RunSpec spec(Path data, Path output) {
        return Customers.spec(
                data,
                output,
                "labels.fractions={noisy: {noise_multiplier: 5}}",
                "evolution.schedule=[31, 23, 17, " + SAMPLES + "]",
                "evolution.initial_variation_fold=1");
    }

    /** Between the charge of a release and the release itself. */
    @Test
    void aKilledRunGoesOn() throws Exception {
        killAndResume("create ledger/.entry-000002.released.*", 1);
    }

    @Tag("faults")
    @ParameterizedTest
    @CsvSource({
        "create store/.lease.*, 1", // before anything
        "create store/.run.json.*, 1",
        "create ledger/.entry-000001.*, 1", // before the first charge
        "create ledger/.entry-000001.released.*, 1", // between charge and release
        "delete ledger/.entry-000001.released.*, 1", // after the release
        "create store/releases/.label-counts.*, 1", // between the release and its copy
        "delete store/releases/.label-counts.*, 1", // after its copy
        "create store/iteration-000/.population.*, 1", // generated, not committed
        "create store/iteration-000/.manifest.*, 1", // population written, iteration not committed
        "create ledger/.entry-000003.*, 1", // before a later charge
        "create store/iteration-002/.selection.*, 1", // after a release, before it has been used
        "rename store/iteration-002/.population.*, 1", // during the commit of a population
        "delete store/iteration-002/.manifest.*, 1", // after the commit of an iteration
        "delete store/releases/.vote-003.*, 1", // after the last release
        "create synthetic/.*, 3", // during publication
        "create .guarantee.json.*, 1", // before the end
    })
    void aRunKilledAtAnyStepGoesOn(String change, int number) throws Exception {
        killAndResume(change, number);
    }

    /** Ten instants spread evenly over all changes that a run makes on storage. */
    @Test
    @Tag("faults")
    void aRunKilledAtAnyInstantGoesOn() throws Exception {
        Path data = writeCustomers();
        Path whole = Files.createDirectory(directory.resolve("whole"));
        try (ChildJvm driver = start(data, whole, NOWHERE, 1)) {
            driver.awaitSuccess();
        }
        // A lease is renewed by the clock, so a slow run has more of these.
        Pattern counted = Pattern.compile("(?!.*lease).*");
        long changes = Files.readAllLines(whole.resolve("changes")).stream()
                .filter(counted.asMatchPredicate())
                .count();
        assertThat(changes).isGreaterThan(50);
        for (int instant = 0; instant < 10; instant++) {
            Path run = Files.createDirectory(directory.resolve("run-" + instant));
            killAndResume(data, run, counted.pattern(), (int) (1 + instant * (changes - 1) / 10));
        }
    }

    @Test
    @Tag("faults")
    void aRunKilledAgainAndAgainGoesOn() throws Exception {
        Path data = writeCustomers();
        Path run = Files.createDirectory(directory.resolve("run"));
        Map<String, String> releases = Map.of();
        for (int kill = 0; kill < 5; kill++) {
            Files.deleteIfExists(run.resolve("marker"));
            try (ChildJvm driver = start(data, run, "(create|delete) store/(releases|iteration-00.)/.*", 3)) {
                driver.awaitFile(run.resolve("marker"));
            }
            assertThat(releases(run)).containsAllEntriesOf(releases);
            releases = releases(run);
        }
        assertThat(releases).isNotEmpty();
        resume(data, run, releases);
    }

    private void killAndResume(String change, int number) throws Exception {
        killAndResume(writeCustomers(), directory, change, number);
    }

    private void killAndResume(Path data, Path run, String change, int number) throws Exception {
        try (ChildJvm driver = start(data, run, change, number)) {
            driver.awaitFile(run.resolve("marker"));
        }
        resume(data, run, releases(run));
    }

    private void resume(Path data, Path run, Map<String, String> released) throws Exception {
        Path output = run.resolve("out");
        RunResult result = PrivateEvolution.on(spark).run(spec(data, output));

        assertThat(result.synthetic().count()).isEqualTo(SAMPLES);
        assertThat(spark.read().parquet(output + "/synthetic/parquet").collectAsList())
                .containsExactlyElementsOf(result.synthetic().collectAsList());
        assertThat(releases(run)).containsAllEntriesOf(released).hasSize(RELEASES.length);
        List<LedgerEntry> charges =
                new Ledger(new FileLedgerStorage(RunFiles.at(output + "/ledger", new Configuration()))).entries();
        assertThat(charges.stream().map(entry -> entry.release().releaseId())).containsExactly(RELEASES);
        assertThat(result.guarantee().charges()).isEqualTo(charges);
        try (Stream<Path> left = Files.list(output.resolve("store/releases"))) {
            assertThat(left.filter(file -> file.getFileName().toString().contains("tmp")))
                    .isEmpty();
        }
    }

    private Path writeCustomers() {
        Path data = directory.resolve("private");
        Customers.rows(spark).write().parquet(data.toString());
        return data;
    }

    private ChildJvm start(Path data, Path run, String change, int number) throws IOException {
        return ChildJvm.start(
                HaltingDriver.class,
                run,
                Map.of(),
                data.toString(),
                run.resolve("out").toString(),
                run.resolve("changes").toString(),
                run.resolve("marker").toString(),
                change,
                Integer.toString(number));
    }

    /** The releases on storage, whole ones only, by name. */
    private static Map<String, String> releases(Path run) throws IOException {
        Path releases = run.resolve("out/store/releases");
        if (!Files.exists(releases)) {
            return Map.of();
        }
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(releases)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".")) {
                    contents.put(name, Files.readString(file));
                }
            }
        }
        return contents;
    }
}

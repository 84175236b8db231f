package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spi.StoreException;

/** A finished run whose store or ledger lost something is refused, whatever was lost. */
class DamagedRunTest {

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path directory;

    private Path output;

    @BeforeEach
    void finishARun() {
        output = directory.resolve("out");
        Customers.rows(spark).write().parquet(directory.resolve("private").toString());
        run(output);
    }

    private RunResult run(Path output, String... overrides) {
        return PrivateEvolution.on(spark)
                .noise(TestNoise.seeded(11))
                .run(Customers.spec(directory.resolve("private"), output, overrides));
    }

    @Test
    void whatIsWholeRunsAgain() {
        assertThat(run(output).guarantee().charges()).hasSize(2);
    }

    @Test
    void aRunWhoseLedgerIsGoneIsRefused() throws IOException {
        delete(output.resolve("ledger"));

        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> run(output))
                .withMessageContaining("vote-001")
                .withMessageContaining("restore the ledger");
    }

    @Test
    void aRunWhoseLedgerLostItsNewestEntryIsRefused() throws IOException {
        Files.delete(output.resolve("ledger/entry-000002.json"));

        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> run(output))
                .withMessageContaining("has lost entry 2");
    }

    /** The ledger has the histogram, so a store of before the release comes to the same. */
    @Test
    void aStoreRestoredFromBeforeTheNewestReleaseGetsTheSameReleaseAgain() throws IOException {
        Path release = output.resolve("store/releases/vote-002.json");
        String content = Files.readString(release);
        Files.delete(release);
        delete(output.resolve("store/iteration-002"));

        assertThat(PrivateEvolution.on(spark)
                        .run(Customers.spec(directory.resolve("private"), output))
                        .guarantee()
                        .charges())
                .hasSize(2);
        assertThat(release).hasContent(content);
    }

    @Test
    void aUsedReleaseIsTakenFromTheLedgerAndNeverDrawnAgain() throws IOException {
        for (String lost : new String[] {"vote-001", "vote-002"}) {
            Path release = output.resolve("store/releases/" + lost + ".json");
            String content = Files.readString(release);
            Files.delete(release);

            assertThat(run(output).guarantee().charges()).hasSize(2);
            assertThat(release).hasContent(content);
        }
    }

    @Test
    void aUsedReleaseThatLedgerAndStoreHaveLostIsRefused() throws IOException {
        Files.delete(output.resolve("ledger/entry-000002.released.json"));
        Files.delete(output.resolve("store/releases/vote-002.json"));

        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> run(output))
                .withMessageContaining("vote-002")
                .withMessageContaining("restore the store");
    }

    @Test
    void aCopyThatDiffersFromTheLedgerIsRefused() throws IOException {
        Path release = output.resolve("store/releases/vote-002.json");
        Files.writeString(
                release, Files.readString(release).replaceFirst("\"grid_votes\":\\[-?\\d", "\"grid_votes\":[7"));

        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> run(output))
                .withMessageContaining("vote-002")
                .withMessageContaining("other noise");
    }

    @Test
    void aReleaseThatTheLedgerAloneHasLostIsNotTakenFromTheStore() throws IOException {
        Files.delete(output.resolve("ledger/entry-000002.released.json"));

        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> run(output))
                .withMessageContaining("vote-002")
                .withMessageContaining("restore the ledger");
    }

    @Test
    void aStoreThatLostAllItsStepsIsRefused() throws IOException {
        delete(output.resolve("store/releases"));
        for (int iteration = 0; iteration <= 2; iteration++) {
            delete(output.resolve("store/iteration-%03d".formatted(iteration)));
        }

        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> run(output))
                .withMessageContaining("vote-001");
    }

    @Test
    void aStoreThatLostItsRecordIsAdoptedByNobody() throws IOException {
        Files.delete(output.resolve("store/run.json"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> run(output))
                .withMessageContaining("run.json is missing");
    }

    @Test
    void theReleaseOfAnotherRunIsRefused() throws IOException {
        Path other = directory.resolve("other");
        run(other, "seed=5");
        Files.copy(
                other.resolve("store/releases/vote-002.json"),
                output.resolve("store/releases/vote-002.json"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> run(output))
                .withMessageContaining("vote-002");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

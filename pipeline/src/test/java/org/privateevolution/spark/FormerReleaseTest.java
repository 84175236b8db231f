package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyException;

/**
 * Runs of 0.1.0 as it left them, except for their leases: one that ended, and one that stopped between its two votes.
 * The runs know their table by the name {@code golden}.
 */
class FormerReleaseTest {

    private static final String YAML =
            """
            name: golden
            seed: 7
            private_data: {format: table, table: golden}
            privacy: {noise_multiplier: 2, delta: 1e-5, ledger: target/golden/%1$s/ledger}
            evolution: {schedule: [13, 11, 7], variation_fold: 1}
            tabular:
              columns:
                - {name: color, type: string, categories: [red, green, blue]}
                - {name: size, type: integer, min: 0, max: 9}
            output: {path: target/golden/%1$s}
            """;

    /** The runs know their folder by this name. */
    private static final Path FOLDER = Path.of("target/golden");

    private final SparkSession spark = TestSession.spark();

    @BeforeEach
    void restore() throws IOException, URISyntaxException {
        delete();
        Path golden =
                Path.of(FormerReleaseTest.class.getResource("/release-0.1.0").toURI());
        try (Stream<Path> files = Files.walk(golden)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = FOLDER.resolve(golden.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        spark.sql("SELECT element_at(array('red', 'green', 'blue'), CAST(1 + id % 3 AS INT)) color,"
                        + " CAST((id * 7) % 10 AS INT) size FROM range(53)")
                .createOrReplaceTempView("golden");
    }

    @AfterEach
    void delete() throws IOException {
        if (Files.exists(FOLDER)) {
            try (Stream<Path> files = Files.walk(FOLDER)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void aFinishedRunIsPublishedAgainAsItWas() throws IOException {
        String release = Files.readString(FOLDER.resolve("whole/store/releases/vote-002.json"));

        RunResult result = PrivateEvolution.on(spark).run(spec("whole"));

        assertThat(result.guarantee().charges()).hasSize(2);
        assertThat(FOLDER.resolve("whole/store/releases/vote-002.json")).hasContent(release);
        assertThat(Files.readString(FOLDER.resolve("whole/guarantee.json")))
                .as("days only, whatever the entries hold")
                .doesNotContain("T09:");
    }

    @Test
    void anInterruptedRunGoesOn() throws IOException {
        String release = Files.readString(FOLDER.resolve("between/store/releases/vote-001.json"));

        RunResult result = PrivateEvolution.on(spark).run(spec("between"));

        assertThat(result.guarantee().charges()).hasSize(2);
        assertThat(FOLDER.resolve("between/store/releases/vote-001.json")).hasContent(release);
        assertThat(Files.readString(FOLDER.resolve("between/ledger/entry-000002.released.json")))
                .contains("sealed");
    }

    @Test
    void aRunIsExtendedAndMayMoveItsLedger() throws IOException {
        Path moved = FOLDER.resolve("moved");
        Files.move(FOLDER.resolve("whole/ledger"), moved);

        RunResult extended = PrivateEvolution.on(spark)
                .extend(true)
                .run(spec("whole", "evolution.schedule=[13, 11, 7, 5]", "privacy.ledger=" + moved));

        assertThat(extended.guarantee().charges()).hasSize(3);
        assertThat(moved.resolve("entry-000003.released.json")).exists();
    }

    @Test
    void aReleaseThatItsStoreHasLostIsRefused() throws IOException {
        Files.delete(FOLDER.resolve("whole/store/releases/vote-002.json"));

        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> PrivateEvolution.on(spark).run(spec("whole")))
                .withMessageContaining("vote-002")
                .withMessageContaining("restore the store");
    }

    /** 0.1.0 wrote to the store first. */
    @Test
    void aReleaseThatItsLedgerDoesNotKnowYetIsTakenFromTheStore() throws IOException {
        Files.delete(FOLDER.resolve("between/ledger/entry-000001.released.json"));
        String release = Files.readString(FOLDER.resolve("between/store/releases/vote-001.json"));

        PrivateEvolution.on(spark).run(spec("between"));

        assertThat(FOLDER.resolve("between/store/releases/vote-001.json")).hasContent(release);
        assertThat(Files.readString(FOLDER.resolve("between/ledger/entry-000001.released.json")))
                .contains("sealed");
    }

    @Test
    void aLedgerInTheOutputFolderMustBeNamed() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PrivateEvolution.on(spark).run(spec("whole", "privacy.ledger=target/golden/other")))
                .withMessageContaining("privacy: {ledger: target/golden/whole/ledger}");
    }

    private static RunSpec spec(String name, String... overrides) {
        return RunConfiguration.parse(YAML.formatted(name), "golden.yaml", new ArrayList<>(List.of(overrides)));
    }
}

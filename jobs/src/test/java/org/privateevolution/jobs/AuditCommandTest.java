package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.audit.Verdict;

class AuditCommandTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "audit.md");

    private static SparkSession spark;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        spark = TestSpark.interpreting();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /**
     * The noise is secure random: the verdict may differ once in a million runs. Only the wording changes, once in ten
     * runs, if the bound lies above the claim.
     */
    @Test
    void anAuditPrintsWhatItMeasuresAndLeavesAPageAndFigures() throws IOException {
        String configuration = Inputs.configuration(folder).toString();
        String output = folder.resolve("audit").toString();

        Execution audit = Execution.of(
                "audit", configuration, "--canaries", "60", "--seed", "5", "--output", output, "--black-box");

        assertThat(audit.exitCode()).as(audit.err()).isZero();
        assertThat(audit.out())
                .startsWith("Audit of people")
                .contains("  claimed ", "  estimate ", "  lower bound, Gaussian model ", "  lower bound, black box ")
                .contains("releases after a resume       1 ")
                .contains("60 a run, 1 run, each in with probability 1/2");
        assertThat(audit.out().lines().filter(line -> !line.contains(output))).allMatch(line -> line.length() <= 80);
        assertThat(audit.err().lines()).anyMatch(line -> line.endsWith(" s  resuming, run 1 of 1"));
        try (Stream<Path> left = Files.list(Path.of(output))) {
            assertThat(left.map(path -> path.getFileName().toString()).filter(name -> !name.endsWith(".crc")))
                    .containsExactlyInAnyOrder("audit.html", "audit.json");
        }
        JsonNode figures = new ObjectMapper().readTree(Files.readString(Path.of(output, "audit.json")));
        assertThat(figures.at("/claim/epsilon").asDouble()).isEqualTo(2);
        assertThat(figures.at("/seed").asLong()).isEqualTo(5);
        assertThat(figures.at("/resumed_alike").asBoolean()).isTrue();
        requireDocumented(figures);
        assertThat(folder.resolve("people.csv.ledger")).doesNotExist();
        assertThat(folder.resolve("out")).doesNotExist();

        Execution again = Execution.of("audit", configuration, "--canaries", "60", "--output", output);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("exists already");
        Execution few = Execution.of("audit", configuration, "--canaries", "5");
        assertThat(few.exitCode()).isEqualTo(2);
        assertThat(few.err()).contains("--canaries: 5 is not allowed: must be at least 20");
    }

    /** Every field of audit.json is explained. */
    private static void requireDocumented(JsonNode figures) throws IOException {
        String document = Files.readString(DOCUMENT);
        figures.fieldNames().forEachRemaining(name -> assertThat(document).contains("`" + name + "`"));
        for (String part : List.of("claim", "calibration", "one_run", "black_box")) {
            figures.get(part)
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(document).as(part).contains("`" + name + "`"));
        }
    }

    @Test
    void aContradictionHasAnExitCodeOfItsOwn() {
        assertThat(AuditCommand.exitCode(Verdict.CONTRADICTED)).isEqualTo(ExitCode.AUDIT);
        assertThat(AuditCommand.exitCode(Verdict.ABOVE)).isEqualTo(ExitCode.OK);
        assertThat(AuditCommand.exitCode(Verdict.CONSISTENT)).isEqualTo(ExitCode.OK);
    }
}

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests read-only commands on the output of earlier versions; the pipeline's tests continue such runs. */
class EarlierRunsTest {

    private static final Path GOLDEN = Path.of("../pipeline/src/test/resources/golden");
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = TestSpark.interpreting();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    static List<Path> runs() throws IOException {
        try (Stream<Path> runs = Files.walk(GOLDEN, 2)) {
            return runs.filter(run -> GOLDEN.relativize(run).getNameCount() == 2)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyChargeOfALedgerIsListed(Path run) throws IOException {
        List<Path> charges;
        try (Stream<Path> files = Files.list(run.resolve("ledger"))) {
            charges = files.filter(file -> file.toString().endsWith(".released.json"))
                    .toList();
        }

        Execution execution = Execution.of("ledger", run.resolve("ledger").toString(), "--json");

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        JsonNode account = new ObjectMapper().readTree(execution.out());
        assertThat(account.get("entries")).hasSameSizeAs(charges).isNotEmpty();
    }

    @Test
    void rowsAreDrawnFromEveryPublishedEstimate() throws IOException {
        for (Path run : runs()) {
            if (Files.exists(run.resolve("results/estimate"))) {
                Execution sample = Execution.of(
                        "sample",
                        run.resolve("results").toString(),
                        "--rows",
                        "20",
                        "--where",
                        "card = 'gold'",
                        "--output",
                        "-");

                assertThat(sample.exitCode()).as(sample.err()).isZero();
                assertThat(sample.out().lines())
                        .hasSize(21)
                        .startsWith("country,children,card")
                        .last()
                        .asString()
                        .endsWith(",gold");
            }
        }
    }
}

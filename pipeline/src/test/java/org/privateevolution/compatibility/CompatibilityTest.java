package org.privateevolution.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.RunResult;
import org.privateevolution.spark.SavedEstimate;

/**
 * Runs that earlier versions left, and that this one goes on with. Where a test fails because of a change of the
 * program, the change is to be made another way: see {@code docs/compatibility.md}. The runs are not to be made anew.
 */
class CompatibilityTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Files that a start writes anew, or adds to. */
    /** Files of a journal are merged as it grows. */
    private static final String REWRITTEN =
            ".*/(lease-\\d+|run|selection)\\.json|.*/spending/.*|.*/journal/part-\\d+\\.jsonl";

    private final SparkSession spark = TestSession.spark();

    static Stream<GoldenRun> stopped() {
        return GoldenRun.all().stream().filter(run -> !run.isFinished());
    }

    static Stream<GoldenRun> finished() {
        return GoldenRun.all().stream().filter(GoldenRun::isFinished);
    }

    static Stream<GoldenRun> all() {
        return GoldenRun.all().stream();
    }

    @ParameterizedTest
    @MethodSource("stopped")
    void aStoppedRunGoesOnToItsEndAndNothingIsChargedOrAskedForTwice(GoldenRun run) throws IOException {
        run.restore();
        JsonNode record = json(run.store().resolve("run.json"));
        Map<String, String> before = contents(run.store(), run.ledger());
        int answers = answers(run);

        try (Endpoint endpoint = new Endpoint(Integer.MAX_VALUE)) {
            RunResult result = PrivateEvolution.on(spark).run(run.spec(run.endpoints(endpoint)));

            assertThat(releases(result)).hasSize(planned(record)).doesNotHaveDuplicates();
            assertThat(endpoint.answered()).isEqualTo(answers(run) - answers);
        }
        assertThat(contents(run.store(), run.ledger())).containsAllEntriesOf(before);
        JsonNode now = json(run.store().resolve("run.json"));
        assertThat(now.get("run")).isEqualTo(record.get("run"));
        assertThat(now.get("identity")).isEqualTo(record.get("identity"));
        if (answers == 0) {
            assertThat(now)
                    .as("the configuration has the canonical form that it had")
                    .isEqualTo(record);
        }
        assertThat(json(run.results().resolve("guarantee.json")).get("run")).isEqualTo(record.get("run"));
        assertThat(run.results().resolve("report.html")).isNotEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRunIsExtendedAtThePriceOfWhatIsNew(GoldenRun run) throws IOException {
        run.restore();
        JsonNode record = json(run.store().resolve("run.json"));
        Map<String, String> before = contents(run.store().resolve("releases"), run.ledger());

        try (Endpoint endpoint = new Endpoint(Integer.MAX_VALUE)) {
            List<String> overrides = new ArrayList<>(run.endpoints(endpoint));
            overrides.addAll(GoldenRun.longer(run.spec(overrides)));
            RunResult longer = PrivateEvolution.on(spark).extend(true).run(run.spec(overrides));

            assertThat(releases(longer)).hasSize(planned(record) + 1).doesNotHaveDuplicates();
            assertThat(longer.guarantee().runId()).isEqualTo(record.get("run").asText());
        }
        assertThat(contents(run.store().resolve("releases"), run.ledger())).containsAllEntriesOf(before);
        assertThat(json(run.store().resolve("run.json")).get("identity")).isEqualTo(record.get("identity"));
    }

    @ParameterizedTest
    @MethodSource("finished")
    void aFinishedRunIsPublishedAgainAsItWas(GoldenRun run) throws IOException {
        run.restore();
        JsonNode guarantee = json(run.results().resolve("guarantee.json"));
        assertThat(RunConfiguration.load(run.results().resolve("configuration.yaml"), List.of()))
                .isEqualTo(run.spec(List.of()));
        Map<String, String> before = contents(run.store(), run.ledger());
        Dataset<Row> rows = rows(run);
        String schema = rows.schema().toDDL();
        long count = rows.count();

        PrivateEvolution.on(spark).run(run.spec(List.of()));

        assertThat(contents(run.store(), run.ledger())).isEqualTo(before);
        assertThat(rows(run).schema().toDDL()).isEqualTo(schema);
        assertThat(rows(run).count()).isEqualTo(count);
        JsonNode now = json(run.results().resolve("guarantee.json"));
        for (String field : List.of("epsilon", "delta", "unit", "releases", "run", "configuration_fingerprint")) {
            assertThat(now.get(field)).as(field).isEqualTo(guarantee.get(field));
        }
    }

    @Test
    void rowsAreDrawnFromAnEstimateThatWasPublished() throws IOException {
        for (GoldenRun run : finished().toList()) {
            run.restore();
            String guarantee = json(run.results().resolve("guarantee.json"))
                    .get("guarantee")
                    .asText();

            SavedEstimate estimate =
                    SavedEstimate.of(spark, run.results().toString()).where("children > 2 AND country <> 'USA'");

            assertThat(estimate.guarantee()).isEqualTo(guarantee);
            assertThat(estimate.draw(37, 1).count()).isEqualTo(37);
        }
    }

    @ParameterizedTest
    @MethodSource("kindsOfFiles")
    void whatALaterVersionWroteIsRefusedWithTheVersionThatReadsIt(GoldenRun run, Path file) throws IOException {
        run.restore();
        byLaterVersion(file);
        Map<String, String> before = contents(run.store(), run.ledger());

        try (Endpoint endpoint = new Endpoint(0)) {
            assertThatThrownBy(() -> PrivateEvolution.on(spark).run(run.spec(run.endpoints(endpoint))))
                    .hasMessageContainingAll(
                            file.getFileName().toString(), "was written by 9.9.0", "version 99", "use 9.9.0 or later");
        }
        assertThat(contents(run.store(), run.ledger())).isEqualTo(before);
    }

    @Test
    void anEstimateThatALaterVersionPublishedIsRefused() throws IOException {
        for (GoldenRun run : finished().toList()) {
            run.restore();
            byLaterVersion(run.results().resolve("guarantee.json"));

            assertThatThrownBy(() -> SavedEstimate.of(spark, run.results().toString()))
                    .hasMessageContainingAll("guarantee.json", "use 9.9.0 or later");
        }
    }

    /** One file of every kind that a store and a ledger hold, the newest of its run. */
    static Stream<Arguments> kindsOfFiles() throws IOException {
        Map<String, Arguments> kinds = new TreeMap<>();
        for (GoldenRun run : stopped().toList()) {
            run.restore();
            Map<String, Path> newest = new TreeMap<>();
            try (Stream<Path> files = Files.walk(run.folder())) {
                files.filter(file -> file.toString().matches(".*/(store|ledger)/.*\\.jsonl?"))
                        // Its manifest vouches for it.
                        .filter(file -> !file.endsWith("population.jsonl"))
                        .sorted()
                        .forEach(file -> newest.put(kind(run.folder().relativize(file)), file));
            }
            newest.forEach((kind, file) -> kinds.putIfAbsent(kind, Arguments.of(run, file)));
        }
        return kinds.values().stream();
    }

    private static String kind(Path file) {
        return file.toString().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d+", "N");
    }

    private static void byLaterVersion(Path file) throws IOException {
        if (file.toString().endsWith(".jsonl")) {
            Files.writeString(file, "{\"schema_version\":99,\"written_by\":\"9.9.0\"}\n{\"unknown\":0}\n");
        } else {
            ObjectNode document = (ObjectNode) json(file);
            Files.writeString(
                    file,
                    document.put("schema_version", 99)
                            .put("written_by", "9.9.0")
                            .toString());
        }
    }

    private Dataset<Row> rows(GoldenRun run) {
        return spark.read().parquet(run.results().resolve("synthetic/parquet").toString());
    }

    /** Votes, marginals and counts of labels that a run is planned to release. */
    private static int planned(JsonNode record) {
        JsonNode noise = record.get("noise_multipliers");
        return noise.get("votes").size() + noise.path("marginals").size() + (noise.has("label_counts") ? 1 : 0);
    }

    private static List<String> releases(RunResult result) {
        return result.guarantee().charges().stream()
                .map(entry -> entry.release().releaseId())
                .toList();
    }

    /** Answers in the journals. */
    private static int answers(GoldenRun run) throws IOException {
        int answers = 0;
        try (Stream<Path> files = Files.walk(run.store())) {
            for (Path journal :
                    files.filter(file -> file.toString().contains("/journal/")).toList()) {
                answers += (int) Files.readAllLines(journal).stream()
                        .filter(line -> line.contains("\"request\""))
                        .count();
            }
        }
        return answers;
    }

    /** Content of what is written once, in hexadecimal, by its path. */
    private static Map<String, String> contents(Path... roots) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(path -> !path.toString().matches(REWRITTEN))
                        .toList()) {
                    contents.put(file.toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
        }
        return contents;
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }
}

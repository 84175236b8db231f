package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.generation.text.ChatServer;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.RunResult;
import org.privateevolution.spark.telemetry.RunMetrics;

/** Tests what Spark's own CSV sink receives, in a separate application. */
class RunMetricsTest {

    private static final String PREFIX = "pe.driver.plugin.org.privateevolution.spark.telemetry.RunMetrics.";

    @TempDir
    Path folder;

    private SparkSession spark;

    @AfterEach
    void stop() {
        spark.stop();
    }

    private SparkSession session(String... properties) {
        SparkSession.Builder builder = TestSpark.local()
                .config("spark.metrics.namespace", "pe")
                .config("spark.metrics.conf.driver.sink.csv.class", "org.apache.spark.metrics.sink.CsvSink")
                .config("spark.metrics.conf.driver.sink.csv.directory", folder.toString());
        for (int i = 0; i < properties.length; i += 2) {
            builder.config(properties[i], properties[i + 1]);
        }
        spark = builder.getOrCreate();
        return spark;
    }

    /** The newest value of each of the plugin's metrics, by name. */
    private Map<String, Double> told() throws IOException {
        spark.stop();
        Map<String, Double> told = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith(PREFIX))
                    .toList()) {
                List<String> lines = Files.readAllLines(file);
                String[] newest = lines.get(lines.size() - 1).split(",", -1);
                String name = file.getFileName().toString();
                told.put(name.substring(PREFIX.length(), name.length() - ".csv".length()), Double.valueOf(newest[1]));
            }
        }
        return told;
    }

    @Test
    void sinksOfSparkShowVotesGenerationAndSpending() throws IOException {
        session("spark.plugins", RunMetrics.class.getName());
        try (ChatServer server = new ChatServer((number, prompt) -> ChatServer.Act.ANSWER)) {
            RunSpec spec = Mails.chatRun(Mails.write(folder), server.url(), folder.resolve("out"));
            RunResult result = NotebookRun.on(spark).run(spec);

            int requests = server.seen().size();
            assertThat(requests).isPositive();
            double prompts = server.promptTokens();
            double completions = server.completionTokens();
            assertThat(told())
                    .containsOnlyKeys(
                            "candidates",
                            "delta",
                            "epsilon.planned",
                            "epsilon.spent",
                            "answers",
                            "money",
                            "requests",
                            "runs.failed",
                            "runs.finished",
                            "runs.running",
                            "stage.done",
                            "stage.total",
                            "tokens.completion",
                            "tokens.prompt",
                            "votes.done",
                            "votes.planned")
                    .containsEntry("runs.finished", 1.0)
                    .containsEntry("runs.failed", 0.0)
                    .containsEntry("runs.running", 0.0)
                    .containsEntry("votes.planned", 2.0)
                    .containsEntry("votes.done", 2.0)
                    .containsEntry("epsilon.planned", result.guarantee().epsilon())
                    .containsEntry("epsilon.spent", result.guarantee().epsilon())
                    .containsEntry("delta", 1e-5)
                    // The candidates of the last vote were 7 samples and their variations.
                    .containsEntry("candidates", 14.0)
                    .containsEntry("requests", (double) requests)
                    .containsEntry("answers", (double) requests)
                    .containsEntry("tokens.prompt", prompts)
                    .containsEntry("tokens.completion", completions)
                    .hasEntrySatisfying("money", money -> assertThat(money)
                            .isCloseTo((prompts * 0.15 + completions * 0.6) / 1e6, withinPercentage(0.001)));
        }
    }

    @Test
    void aRunThatGoesOnBeginsWithWhatIsSpent() throws IOException {
        Inputs.people(folder);
        RunSpec spec = RunConfiguration.load(Inputs.configuration(folder), List.of());
        session("spark.plugins", RunMetrics.class.getName());
        NotebookRun run = NotebookRun.on(spark);
        run.run(spec);
        List<String> problems = new ArrayList<>();
        RunSpec other = RunConfiguration.load(Inputs.configuration(folder), List.of("vote.neighbors=3"));
        assertThatThrownBy(() -> run.run(other)).satisfies(e -> problems.add(e.getMessage()));

        RunResult again = run.run(spec);

        assertThat(problems).singleElement().asString().contains("vote.neighbors");
        assertThat(told())
                .containsEntry("runs.finished", 2.0)
                .containsEntry("runs.failed", 1.0)
                .containsEntry("votes.done", 3.0)
                .containsEntry("epsilon.spent", again.guarantee().epsilon())
                // The last selection is repeated from its release.
                .containsEntry("candidates", 69.0)
                .containsEntry("requests", 0.0);
    }

    @Test
    void whoDoesNotAskForMetricsHasNone() throws IOException {
        Inputs.people(folder);
        session();
        NotebookRun.on(spark).run(RunConfiguration.load(Inputs.configuration(folder), List.of()));

        assertThat(RunMetrics.of(spark)).isEmpty();
        assertThat(told()).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            // The sink works, and has Spark's own metrics.
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("pe.driver.DAGScheduler")))
                    .isNotEmpty();
        }
    }
}

package org.privateevolution.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.RunResult;
import org.privateevolution.spi.RunListener;

/** What a tracking server has of a run. */
abstract class MlflowContract {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    final List<String> notices = new ArrayList<>();

    abstract String uri();

    RunSpec spec(String experiment, String uri) {
        Path data = folder.resolve("data");
        if (!Files.exists(data)) {
            Customers.rows(TestSession.spark()).write().parquet(data.toString());
        }
        return RunConfiguration.parse(
                Customers.yaml(data.toString(), folder.resolve(experiment).toString()),
                "customers.yaml",
                List.of(
                        "evaluation.private_metrics=true",
                        "tracking.mlflow={uri: '" + uri + "', experiment: " + experiment + "}"));
    }

    RunResult run(RunSpec spec, String lastStage) {
        return PrivateEvolution.on(TestSession.spark())
                .listener(new RunListener() {
                    @Override
                    public void stageStarted(String stage, long total) {
                        if (stage.equals(lastStage)) {
                            throw new IllegalStateException("stopped at " + stage);
                        }
                    }

                    @Override
                    public void notice(String message) {
                        notices.add(message);
                    }
                })
                .run(spec);
    }

    private JsonNode request(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return MAPPER.readTree(response.body());
    }

    /** The runs of an experiment, as the server shows them. */
    private List<JsonNode> runs(String experiment) throws IOException, InterruptedException {
        JsonNode found = request(HttpRequest.newBuilder(
                URI.create(uri() + "/api/2.0/mlflow/experiments/get-by-name?experiment_name=" + experiment)));
        String id = found.get("experiment").get("experiment_id").asText();
        JsonNode runs = request(HttpRequest.newBuilder(URI.create(uri() + "/api/2.0/mlflow/runs/search"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"experiment_ids\": [\"" + id + "\"]}")))
                .path("runs");
        List<JsonNode> all = new ArrayList<>();
        runs.forEach(all::add);
        return all;
    }

    private List<Integer> steps(JsonNode run, String metric) throws IOException, InterruptedException {
        String id = run.get("info").get("run_id").asText();
        List<Integer> steps = new ArrayList<>();
        request(HttpRequest.newBuilder(URI.create(
                        uri() + "/api/2.0/mlflow/metrics/get-history?run_id=" + id + "&metric_key=" + metric)))
                .path("metrics")
                .forEach(value -> steps.add(value.path("step").asInt()));
        return steps.stream().distinct().sorted().toList();
    }

    private static Map<String, String> pairs(JsonNode run, String kind) {
        Map<String, String> pairs = new TreeMap<>();
        run.get("data")
                .path(kind)
                .forEach(pair ->
                        pairs.put(pair.get("key").asText(), pair.get("value").asText()));
        return pairs;
    }

    /** A file of the run, as the server serves it; its status if it does not. */
    private String artifact(JsonNode run, String name) throws IOException, InterruptedException {
        String place = run.get("info").get("artifact_uri").asText().replaceFirst("^mlflow-artifacts:/+", "");
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(uri() + "/api/2.0/mlflow-artifacts/artifacts/" + place + "/" + name))
                                .build(),
                        BodyHandlers.ofString());
        return response.statusCode() == 200 ? response.body() : String.valueOf(response.statusCode() / 100);
    }

    @Test
    void aRunIsThereWithAllThatMayBePublishedAndNothingElse() throws Exception {
        RunSpec spec = spec("whole", uri());
        RunResult result = run(spec, "");

        assertThat(notices).noneMatch(notice -> notice.contains("MLflow"));
        JsonNode run = runs("whole").get(0);
        assertThat(run.get("info").get("status").asText()).isEqualTo("FINISHED");
        assertThat(pairs(run, "params"))
                .containsEntry("privacy.delta", "1.0E-5")
                .containsEntry("seed", "7")
                .doesNotContainKey("tracking.mlflow.uri");
        assertThat(pairs(run, "tags"))
                .containsEntry("private_evolution.guarantee", result.guarantee().sentence())
                .containsEntry("private_evolution.unit", "record")
                .containsEntry(
                        "private_evolution.ledger_newest_hash",
                        result.guarantee().ledgerHash());
        Map<String, String> metrics = pairs(run, "metrics");
        assertThat(Double.parseDouble(metrics.get("epsilon")))
                .isEqualTo(result.guarantee().epsilon());
        assertThat(metrics).containsKey("effective_candidates/1");
        assertThat(steps(run, "epsilon_of_releases")).containsExactly(1, 2);
        assertThat(steps(run, "epsilon_spent")).containsExactly(1, 2);
        assertThat(result.metrics()).anyMatch(metric -> !metric.insideGuarantee());
        assertThat(metrics.keySet().stream().map(key -> key.replaceFirst("/.*", "")))
                .doesNotContainAnyElementsOf(result.metrics().stream()
                        .filter(metric -> !metric.insideGuarantee())
                        .map(MetricValue::metric)
                        .collect(Collectors.toSet()));
        JsonNode dataset = run.get("inputs").get("dataset_inputs").get(0);
        assertThat(dataset.get("tags").get(0).get("value").asText()).isEqualTo("output");
        assertThat(dataset.get("dataset").get("schema").asText()).contains("mlflow_colspec", "opened", "datetime");
        assertThat(dataset.get("dataset").get("profile").asText()).isEqualTo("{\"num_rows\":17}");
        Path output = folder.resolve("whole");
        for (String name : List.of("report.html", "guarantee.json", "metrics.csv", "configuration.yaml")) {
            assertThat(artifact(run, name)).isEqualTo(Files.readString(output.resolve(name)));
        }
        for (String name : List.of("report-private.html", "metrics-private.csv")) {
            assertThat(output.resolve(name)).exists();
            assertThat(artifact(run, name)).isIn("4", "5");
        }
    }

    @Test
    void aRunThatGoesOnIsOneRun() throws Exception {
        RunSpec spec = spec("resumed", uri());
        assertThatThrownBy(() -> run(spec, "vote 2 of 2")).hasMessageContaining("stopped at");
        JsonNode stopped = runs("resumed").get(0);
        assertThat(stopped.get("info").get("status").asText()).isEqualTo("FAILED");
        assertThat(steps(stopped, "epsilon_spent")).containsExactly(1);

        run(spec, "");

        assertThat(runs("resumed")).hasSize(1);
        JsonNode run = runs("resumed").get(0);
        assertThat(run.get("info").get("status").asText()).isEqualTo("FINISHED");
        assertThat(steps(run, "effective_candidates/1")).containsExactly(1, 2);
    }

    @Test
    void aServerThatIsNotThereLosesNoRunAndIsToldLater() throws Exception {
        String nowhere;
        try (ServerSocket socket = new ServerSocket(0)) {
            nowhere = "http://127.0.0.1:" + socket.getLocalPort();
        }

        RunResult result = run(spec("late", nowhere), "");

        assertThat(folder.resolve("late/guarantee.json")).exists();
        assertThat(notices)
                .filteredOn(notice -> notice.contains("MLflow"))
                .hasSize(2)
                .allMatch(notice -> notice.contains(nowhere) && notice.contains("the run goes on without it"));

        RunResult again = run(spec("late", uri()), "");

        assertThat(again.guarantee().charges()).isEqualTo(result.guarantee().charges());
        assertThat(steps(runs("late").get(0), "effective_candidates/1")).containsExactly(1, 2);
    }
}

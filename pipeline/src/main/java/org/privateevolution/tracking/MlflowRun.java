package org.privateevolution.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.privateevolution.config.CanonicalConfiguration;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.ProgramVersion;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sha256;
import org.privateevolution.run.Guarantee;
import org.privateevolution.spi.RunListener;

/**
 * Reports a run to an MLflow tracking server: parameters, figures inside the guarantee, epsilon, the publishable files,
 * and the synthetic data as a dataset. A run that is started again continues the same MLflow run. Times are rounded to
 * days, because the duration of a run depends on private data.
 *
 * <p>A run never depends on the server. The first request that fails is reported as a notice, later votes are not sent,
 * and the end of the run tries once more to send everything.
 */
public final class MlflowRun implements RunListener {

    private static final String TAG = "private_evolution.";
    private static final int MOST_METRICS = 900;
    private static final int MOST_PARAMETERS = 90;
    private static final int LONGEST_PARAMETER = 500;
    private static final String SERVED = "mlflow-artifacts:";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final MlflowServer server;
    private final RunSpec spec;
    private final RunSpec.Mlflow named;
    private final String runId;
    private final long day;
    private final RunListener listener;
    private final Set<Integer> told = new HashSet<>();

    /** Null until the server knows the run. */
    private String mlflowId;

    private String artifacts = "";
    private boolean failed;

    private MlflowRun(
            MlflowServer server, RunSpec spec, RunSpec.Mlflow named, String runId, Instant day, RunListener listener) {
        this.server = server;
        this.spec = spec;
        this.named = named;
        this.runId = runId;
        this.day = day.truncatedTo(ChronoUnit.DAYS).toEpochMilli();
        this.listener = listener;
    }

    /**
     * The run on the server that the configuration names; empty if it names none.
     *
     * @param environment gives credentials, by MLflow's variable names
     * @param listener is notified of failures
     */
    public static Optional<MlflowRun> of(
            RunSpec spec, String runId, Instant now, UnaryOperator<String> environment, RunListener listener) {
        return spec.mlflow()
                .map(named ->
                        new MlflowRun(new MlflowServer(named.uri(), environment), spec, named, runId, now, listener));
    }

    /** What the run has published. */
    public record Published(
            Guarantee guarantee,
            List<MetricValue> metrics,
            Map<String, String> columns,
            long rows,
            String location,
            Map<String, byte[]> files) {}

    /** One step of a report. */
    private interface Telling {
        void tell() throws IOException;
    }

    /** Reports that the run starts or continues. */
    public void started() {
        attempt(() -> {
            open();
            status("RUNNING");
        });
    }

    @Override
    public void voted(int vote, int votes, double epsilon, List<MetricValue> figures) {
        if (!failed) {
            attempt(() -> {
                log(figures, vote);
                log(List.of(new MetricValue(vote, MetricValue.ALL_LABELS, "epsilon_spent", epsilon, true)), vote);
                told.add(vote);
            });
        }
    }

    /** Reports that the run has stopped; nothing that it has done is lost. */
    public void stopped() {
        if (!failed) {
            attempt(() -> status("FAILED"));
        }
    }

    /** Reports that the run is published. */
    public void finished(Published published) {
        failed = false;
        attempt(() -> {
            open();
            Guarantee guarantee = published.guarantee();
            tags(guarantee);
            List<MetricValue> inside = published.metrics().stream()
                    .filter(MetricValue::insideGuarantee)
                    .toList();
            for (int iteration : inside.stream()
                    .map(MetricValue::iteration)
                    .distinct()
                    .sorted()
                    .toList()) {
                log(
                        inside.stream()
                                .filter(metric -> metric.iteration() == iteration && !isTold(metric))
                                .toList(),
                        iteration);
            }
            epsilon(guarantee);
            dataset(published);
            for (Map.Entry<String, byte[]> file : published.files().entrySet()) {
                upload(file.getKey(), file.getValue());
            }
            status("FINISHED");
        });
    }

    /** Only figures of votes are reported when they are made. */
    private boolean isTold(MetricValue metric) {
        return told.contains(metric.iteration()) && !metric.metric().equals("distinct_share");
    }

    private void attempt(Telling telling) {
        try {
            telling.tell();
        } catch (IOException | RuntimeException e) {
            failed = true;
            listener.notice("MLflow at " + named.uri() + " was not told of this: "
                    + (e instanceof IOException && e.getMessage() != null
                            ? e.getMessage()
                            : e.getClass().getSimpleName())
                    + "; the run goes on without it, and starting it again when it is finished tells everything");
        }
    }

    private void open() throws IOException {
        if (mlflowId != null) {
            return;
        }
        String experiment = experiment();
        ObjectNode search = MlflowServer.object();
        search.putArray("experiment_ids").add(experiment);
        search.put("filter", "tags.`" + TAG + "run` = '" + runId + "'").put("max_results", 1);
        JsonNode found = server.post("runs/search", search).path("runs").path(0);
        if (!found.isMissingNode()) {
            take(found);
            return;
        }
        ObjectNode create = MlflowServer.object()
                .put("experiment_id", experiment)
                .put("run_name", spec.name())
                .put("start_time", day);
        pair(create.putArray("tags"), TAG + "run", runId);
        take(server.post("runs/create", create).path("run"));
        parameters();
    }

    private void take(JsonNode run) throws IOException {
        String id = run.path("info").path("run_id").asText();
        if (id.isEmpty()) {
            throw new IOException("an answer without a run");
        }
        mlflowId = id;
        artifacts = run.path("info").path("artifact_uri").asText();
    }

    private String experiment() throws IOException {
        Optional<JsonNode> known = server.find("experiments/get-by-name", "experiment_name", named.experiment());
        return known.isPresent()
                ? known.get().path("experiment").path("experiment_id").asText()
                : server.post("experiments/create", MlflowServer.object().put("name", named.experiment()))
                        .path("experiment_id")
                        .asText();
    }

    /** Reports parameters, except lists: a table's columns are in its configuration, which is among the files. */
    private void parameters() throws IOException {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", MAPPER.readTree(CanonicalConfiguration.json(spec)), flat);
        flat.keySet().removeIf(key -> key.startsWith("tracking."));
        List<Map.Entry<String, String>> all = new ArrayList<>(flat.entrySet());
        for (int from = 0; from < all.size(); from += MOST_PARAMETERS) {
            ObjectNode batch = batch();
            ArrayNode params = batch.putArray("params");
            all.subList(from, Math.min(all.size(), from + MOST_PARAMETERS))
                    .forEach(entry -> pair(params, entry.getKey(), entry.getValue()));
            server.post("runs/log-batch", batch);
        }
    }

    private static void flatten(String path, JsonNode node, Map<String, String> flat) {
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), flat));
        } else if (node.isValueNode() && node.asText().length() <= LONGEST_PARAMETER) {
            flat.put(path, node.asText());
        }
    }

    private void log(List<MetricValue> metrics, int step) throws IOException {
        for (int from = 0; from < metrics.size(); from += MOST_METRICS) {
            ObjectNode batch = batch();
            ArrayNode values = batch.putArray("metrics");
            for (MetricValue metric : metrics.subList(from, Math.min(metrics.size(), from + MOST_METRICS))) {
                values.addObject()
                        .put("key", key(metric))
                        .put("value", metric.value())
                        .put("timestamp", day)
                        .put("step", step);
            }
            server.post("runs/log-batch", batch);
        }
    }

    /** MLflow accepts letters, digits, blanks and some punctuation. */
    private static String key(MetricValue metric) {
        String label = metric.label().replaceAll("[^\\p{L}\\p{N} _./-]", "_");
        return metric.label().isEmpty() ? metric.metric() : metric.metric() + "/" + label;
    }

    private void epsilon(Guarantee guarantee) throws IOException {
        List<MetricValue> spent = new ArrayList<>();
        List<Double> spending = guarantee.spending();
        for (int i = 0; i < spending.size(); i++) {
            spent.add(new MetricValue(i + 1, MetricValue.ALL_LABELS, "epsilon_of_releases", spending.get(i), true));
        }
        for (MetricValue metric : spent) {
            log(List.of(metric), metric.iteration());
        }
        int last = spec.evolution().votes();
        log(List.of(new MetricValue(last, MetricValue.ALL_LABELS, "epsilon", guarantee.epsilon(), true)), last);
    }

    private void tags(Guarantee guarantee) throws IOException {
        ObjectNode batch = batch();
        ArrayNode tags = batch.putArray("tags");
        pair(tags, TAG + "guarantee", guarantee.sentence());
        pair(tags, TAG + "delta", Double.toString(guarantee.delta()));
        pair(tags, TAG + "unit", guarantee.unit().configName());
        pair(tags, TAG + "adjacency", guarantee.adjacency().configName());
        pair(tags, TAG + "ledger_newest_hash", guarantee.ledgerHash());
        pair(tags, TAG + "configuration_fingerprint", guarantee.fingerprint());
        pair(tags, TAG + "version", ProgramVersion.current());
        server.post("runs/log-batch", batch);
    }

    private void dataset(Published published) throws IOException {
        ArrayNode columns = MAPPER.createArrayNode();
        published
                .columns()
                .forEach((name, type) -> columns.addObject().put("name", name).put("type", type));
        ObjectNode source = MlflowServer.object();
        spec.output()
                .table()
                .ifPresentOrElse(
                        table -> source.put("table_name", table.name()),
                        () -> source.put("path", published.location() + "/synthetic"));
        ObjectNode body = MlflowServer.object().put("run_id", mlflowId);
        ObjectNode input = body.putArray("datasets").addObject();
        input.putObject("dataset")
                .put("name", spec.name() + " (synthetic)")
                .put("digest", digest(published))
                .put("source_type", "spark")
                .put("source", source.toString())
                .put(
                        "schema",
                        MlflowServer.object().set("mlflow_colspec", columns).toString())
                .put(
                        "profile",
                        MlflowServer.object().put("num_rows", published.rows()).toString());
        pair(input.putArray("tags"), "mlflow.data.context", "output");
        server.post("runs/log-inputs", body);
    }

    private String digest(Published published) {
        return Sha256.of(runId + published.guarantee().charges() + published.rows())
                .substring(0, 16);
    }

    /** If the server does not accept uploads, the files stay where the run has written them. */
    private void upload(String name, byte[] content) throws IOException {
        if (artifacts.startsWith(SERVED)) {
            String place = artifacts.substring(SERVED.length()).replaceFirst("^/+([^/]*:\\d+/)?", "");
            server.upload(place + "/" + name, content);
        }
    }

    private void status(String status) throws IOException {
        ObjectNode body = MlflowServer.object().put("run_id", mlflowId).put("status", status);
        server.post("runs/update", status.equals("RUNNING") ? body : body.put("end_time", day));
    }

    private ObjectNode batch() {
        return MlflowServer.object().put("run_id", mlflowId);
    }

    private static void pair(ArrayNode pairs, String key, String value) {
        pairs.addObject().put("key", key).put("value", value);
    }
}

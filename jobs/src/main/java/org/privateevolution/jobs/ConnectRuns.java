package org.privateevolution.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connect.planner.SparkConnectPlanner;
import org.apache.spark.sql.connect.plugin.CommandPlugin;
import org.apache.spark.sql.connector.ExternalCommandRunner;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.DriverSecrets;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.run.Guarantee;
import org.privateevolution.spark.ConfigurationFile;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.RunResult;
import org.privateevolution.spark.SavedEstimate;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.InvalidProtocolBufferException;
import org.sparkproject.connect.protobuf.StringValue;

/**
 * Runs for clients of a Spark Connect server, which have no JVM to call: a command plugin that the server names in
 * {@code spark.connect.extensions.command.classes}. The server does what a classic session does: it counts, charges and
 * noises the votes, and private records and clean counts never reach the client. The client gets the guarantee, figures
 * inside it, and the name of a temporary view with the synthetic rows.
 *
 * <p>A request is JSON in a StringValue. Its answer, or the error message of the command line, is left in the
 * configuration of the session under the name that the client chose: commands of plugins have no other answer. Clients
 * in Java and Scala, whose public interface has no commands of plugins, send the same request as an external command.
 * It is answered in a row, and only by a server whose configuration names this plugin.
 */
public class ConnectRuns implements CommandPlugin, ExternalCommandRunner {

    /** Field that distinguishes a request from those of other plugins; its value is the version of the protocol. */
    static final String PROTOCOL = "private_evolution";

    static final int VERSION = 1;

    /** Property of the server's SparkContext, which no client can set, by which it lets clients name its secrets. */
    static final String SECRETS = "spark.privateevolution.connect.secrets";

    static final String ALLOW = "allow";

    /** Property of the server that lists its plugins. */
    static final String PLUGINS = "spark.connect.extensions.command.classes";

    /** Prefix of the names of answers and views. */
    private static final String NAME = "private_evolution_[0-9a-f]{32}";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Spark makes one by this. */
    public ConnectRuns() {}

    @Override
    public boolean process(byte[] command, SparkConnectPlanner planner) {
        JsonNode request = request(command);
        if (request == null) {
            return false;
        }
        String name = name(request);
        SparkSession spark = planner.session();
        spark.conf().set(name, Json.line(answer(spark, request, name)));
        return true;
    }

    /** Any client may name any class of the server: the server's own list of plugins decides whether this one serves. */
    @Override
    public String[] executeCommand(String command, CaseInsensitiveStringMap options) {
        SparkSession spark = SparkSession.active();
        if (!List.of(spark.sparkContext().getConf().get(PLUGINS, "").split(" *, *"))
                .contains(getClass().getName())) {
            return new String[] {
                Json.line(told(new ConfigurationException(List.of("this server has private-evolution.jar, but does not"
                        + " serve it to clients: start it with --conf " + PLUGINS + "="
                        + getClass().getName()))))
            };
        }
        JsonNode request = parsed(command);
        if (request == null) {
            throw new IllegalArgumentException("a command that is no request of Private Evolution");
        }
        return new String[] {Json.line(answer(spark, request, name(request)))};
    }

    private static String name(JsonNode request) {
        String name = request.path("reply").asText();
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("a request of Private Evolution without a name for its answer");
        }
        return name;
    }

    /** Makes the runs; replaced in tests. */
    protected PrivateEvolution on(SparkSession spark) {
        return PrivateEvolution.on(spark);
    }

    /** Null for requests of other plugins. */
    private static JsonNode request(byte[] command) {
        try {
            Any any = Any.parseFrom(command);
            if (!any.is(StringValue.class)) {
                return null;
            }
            return parsed(any.unpack(StringValue.class).getValue());
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    /** Null if it is none of ours. */
    private static JsonNode parsed(String json) {
        try {
            JsonNode request = MAPPER.readTree(json);
            return request != null && request.has(PROTOCOL) ? request : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** The answer to the client. */
    Map<String, Object> answer(SparkSession spark, JsonNode request, String name) {
        try {
            if (request.path(PROTOCOL).asInt() != VERSION) {
                throw new ConfigurationException(List.of("the server's private-evolution.jar speaks version " + VERSION
                        + " of the protocol with clients, and this client another: install the same release on both"));
            }
            return switch (request.path("action").asText()) {
                case "run" -> run(spark, request, name);
                case "check" -> {
                    notebookRun(spark, request).check(spec(spark, request));
                    yield Map.of();
                }
                case "sample" -> sample(spark, request, name);
                default -> throw new ConfigurationException(List.of("an unknown request"));
            };
        } catch (Exception e) {
            return told(e);
        }
    }

    private static Map<String, Object> told(Exception e) {
        Failure failure = Failure.of(e);
        return Map.of("failure", Map.of("kind", failure.kind(), "code", failure.code(), "problems", failure.lines()));
    }

    private Map<String, Object> run(SparkSession spark, JsonNode request, String name) {
        RunResult result = notebookRun(spark, request)
                .extend(request.path("extend").asBoolean())
                .run(spec(spark, request));
        result.synthetic().createOrReplaceTempView(name);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("synthetic", name);
        answer.put("location", result.location());
        answer.put("guarantee", told(result.guarantee()));
        answer.put(
                "metrics",
                result.metrics().stream()
                        .filter(MetricValue::insideGuarantee)
                        .map(ConnectRuns::told)
                        .toList());
        return answer;
    }

    private static Map<String, Object> sample(SparkSession spark, JsonNode request, String name) {
        SavedEstimate estimate = SavedEstimate.of(spark, request.path("run").asText());
        if (request.hasNonNull("where")) {
            estimate = estimate.where(request.get("where").asText());
        }
        long first = request.hasNonNull("first_row") ? request.get("first_row").asLong() : estimate.published();
        estimate.draw(request.path("rows").asInt(), request.path("seed").asLong(), first)
                .createOrReplaceTempView(name);
        return Map.of("synthetic", name);
    }

    private NotebookRun notebookRun(SparkSession spark, JsonNode request) {
        NotebookRun run = NotebookRun.on(spark, on(spark));
        if (!request.hasNonNull("private_data")) {
            return run;
        }
        Dataset<Row> records = spark.table(request.get("private_data").asText());
        return run.privateData(records);
    }

    private static RunSpec spec(SparkSession spark, JsonNode request) {
        List<String> overrides = new ArrayList<>();
        request.path("overrides").forEach(override -> overrides.add(override.asText()));
        RunSpec spec = request.hasNonNull("location")
                ? ConfigurationFile.load(request.get("location").asText(), overrides)
                : RunConfiguration.parse(
                        request.path("configuration").asText(),
                        request.path("source").asText(),
                        overrides);
        requireNoSecrets(spark, spec);
        return spec;
    }

    /** The client writes the configuration, and with it the addresses that the server's keys would be sent to. */
    private static void requireNoSecrets(SparkSession spark, RunSpec spec) {
        // Not of the session, whose configuration is the client's.
        if (spark.sparkContext().getConf().get(SECRETS, "").equals(ALLOW)) {
            return;
        }
        List<String> problems = DriverSecrets.named(spec).stream()
                .map(setting ->
                        setting + ": is not allowed to clients of Spark Connect: it has the server use or send secrets"
                                + " of its environment or files. Take it out, or run on the server itself; a"
                                + " server whose clients may"
                                + " read its secrets is started with --conf " + SECRETS + "=" + ALLOW)
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private static Map<String, Object> told(Guarantee guarantee) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("sentence", guarantee.sentence());
        told.put("outlook", guarantee.outlook());
        told.put("epsilon", guarantee.epsilon());
        told.put("delta", guarantee.delta());
        told.put("unit", guarantee.unit().configName());
        told.put("client_column", guarantee.clientColumn());
        told.put("adjacency", guarantee.adjacency().configName());
        told.put(
                "releases",
                guarantee.charges().stream()
                        .map(LedgerEntry::release)
                        .map(release -> Map.of(
                                "id",
                                release.releaseId(),
                                "noise_multiplier",
                                release.noiseMultiplier(),
                                "day",
                                release.day().toString()))
                        .toList());
        told.put("ledger", guarantee.ledger());
        told.put("data_set_epsilon", guarantee.dataSetEpsilon());
        told.put("run_id", guarantee.runId());
        told.put("fingerprint", guarantee.fingerprint());
        return told;
    }

    private static Map<String, Object> told(MetricValue metric) {
        return Map.of(
                "iteration", metric.iteration(),
                "label", metric.label(),
                "name", metric.metric(),
                "value", metric.value());
    }
}

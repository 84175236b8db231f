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
 * Serves runs to clients of a Spark Connect server, which have no JVM to call. It is a command plugin that the server
 * names in {@code spark.connect.extensions.command.classes}. The server counts the votes, charges the ledger and adds
 * the noise, as a classic session does, so that private records and clean counts never reach the client. The client
 * gets the guarantee, figures inside it, and the name of a temporary view with the synthetic rows.
 *
 * <p>A request is JSON in a StringValue. The server stores its answer, or the error message of the command line, in the
 * session's configuration under a name that the client chose, because plugin commands cannot return a value. Clients in
 * Java and Scala send the same request as an external command, because their public interface has no plugin commands.
 * The answer to an external command is a row. Only a server whose configuration names this plugin answers.
 */
public class ConnectRuns implements CommandPlugin, ExternalCommandRunner {

    /**
     * Field that distinguishes these requests from those of other plugins; its value is the version of the protocol.
     */
    static final String PROTOCOL = "private_evolution";

    static final int VERSION = 1;

    /**
     * Property that lets clients name the server's secrets. It is read from the SparkContext, where no client can set
     * it.
     */
    static final String SECRETS = "spark.privateevolution.connect.secrets";

    static final String ALLOW = "allow";

    /** Property of the server that lists its plugins. */
    static final String PLUGINS = "spark.connect.extensions.command.classes";

    /** Prefix of the names of answers and views. */
    private static final String NAME = "private_evolution_[0-9a-f]{32}";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Spark creates the plugin with this constructor. */
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

    /**
     * A client may name any class on the server's class path, so the server's own list of plugins decides whether this
     * plugin answers.
     */
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
            throw new IllegalArgumentException("the command is not a request to Private Evolution");
        }
        return new String[] {Json.line(answer(spark, request, name(request)))};
    }

    private static String name(JsonNode request) {
        String name = request.path("reply").asText();
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("the request to Private Evolution has no valid name for its answer");
        }
        return name;
    }

    /** Creates the runs; tests override this. */
    protected PrivateEvolution on(SparkSession spark) {
        return PrivateEvolution.on(spark);
    }

    /** Returns the request; null if it is meant for another plugin. */
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

    /** Returns the request; null if the JSON is not a request of this protocol. */
    private static JsonNode parsed(String json) {
        try {
            JsonNode request = MAPPER.readTree(json);
            return request != null && request.has(PROTOCOL) ? request : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Answers a request. */
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
        SavedEstimate estimate =
                SavedEstimate.of(spark, request.path("run").asText()).requireTable();
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

    /**
     * Refuses configurations that use the server's secrets: the client writes the configuration, and so chooses the
     * addresses that keys would be sent to.
     */
    private static void requireNoSecrets(SparkSession spark, RunSpec spec) {
        // Not read from the session, whose configuration the client controls.
        if (spark.sparkContext().getConf().get(SECRETS, "").equals(ALLOW)) {
            return;
        }
        List<String> problems = DriverSecrets.named(spec).stream()
                .map(setting -> setting
                        + ": is not allowed to clients of Spark Connect: it makes the server use or send secrets"
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

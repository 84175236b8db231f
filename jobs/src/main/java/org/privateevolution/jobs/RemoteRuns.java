package org.privateevolution.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.MetricValue;
import scala.collection.immutable.Map$;

/**
 * Starts runs from Java and Scala clients of Spark Connect, on a server with the plugin {@link ConnectRuns}. This class
 * uses only Spark's public interface, which Spark's own Connect client implements.
 *
 * <pre>{@code
 * SparkSession spark = SparkSession.builder().remote("sc://host:15002").getOrCreate();
 * RemoteResult result = RemoteRuns.on(spark).run(yaml, List.of("privacy.epsilon=2"));
 * result.synthetic().show();
 * }</pre>
 *
 * <p>Paths in a configuration are resolved on the server. All methods throw {@link RemoteRunException}.
 */
public final class RemoteRuns {

    /** The plugin's class name as a string, because clients cannot load the class. */
    private static final String PLUGIN = "org.privateevolution.jobs.ConnectRuns";

    /** Spark's error class if the server does not have the plugin. */
    private static final String NO_SUCH_CLASS = "DATA_SOURCE_NOT_FOUND";

    private static final String NO_PLUGIN = "this session's server has no plugin for this: start the server with --jars"
            + " private-evolution-VERSION.jar and --conf spark.connect.extensions.command.classes=" + PLUGIN;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SparkSession spark;
    private final String plugin;
    private final String records;
    private final boolean extend;

    private RemoteRuns(SparkSession spark, String plugin, String records, boolean extend) {
        this.spark = spark;
        this.plugin = plugin;
        this.records = records;
        this.extend = extend;
    }

    /** @param spark a remote session */
    public static RemoteRuns on(SparkSession spark) {
        return on(spark, PLUGIN);
    }

    /** The same, with another plugin; for tests. */
    static RemoteRuns on(SparkSession spark, String plugin) {
        return new RemoteRuns(spark, plugin, "", false);
    }

    /** The same, with a view of the session as the private data; needs {@code private_data.format: dataframe}. */
    public RemoteRuns privateData(String view) {
        return new RemoteRuns(spark, plugin, view, extend);
    }

    /** The same, allowed or not to continue an existing run with another schedule or privacy target. */
    public RemoteRuns extend(boolean allowed) {
        return new RemoteRuns(spark, plugin, records, allowed);
    }

    /**
     * Runs or resumes a run.
     *
     * @param configuration YAML
     * @param overrides settings that replace those of the configuration, such as {@code privacy.epsilon=2}
     */
    public RemoteResult run(String configuration, List<String> overrides) {
        JsonNode answer = ask(configured("run", configuration, overrides).put("extend", extend));
        List<MetricValue> metrics = new ArrayList<>();
        answer.path("metrics")
                .forEach(metric -> metrics.add(new MetricValue(
                        metric.path("iteration").asInt(),
                        metric.path("label").asText(),
                        metric.path("name").asText(),
                        metric.path("value").asDouble(),
                        true)));
        return new RemoteResult(
                spark.table(answer.path("synthetic").asText()),
                answer.path("location").asText(),
                answer.path("guarantee"),
                metrics);
    }

    /** Reads the private data and checks them against their declaration; releases nothing. */
    public void check(String configuration, List<String> overrides) {
        ask(configured("check", configuration, overrides));
    }

    /**
     * Draws more rows from the estimate of a finished run, at no privacy cost.
     *
     * @param run output path of the run, resolved on the server
     * @param where a condition that the rows must meet; empty for none
     */
    public Dataset<Row> sample(String run, int rows, String where, long seed) {
        ObjectNode request = request("sample").put("run", run).put("rows", rows).put("seed", seed);
        if (!where.isEmpty()) {
            request.put("where", where);
        }
        return spark.table(ask(request).path("synthetic").asText());
    }

    private ObjectNode configured(String action, String configuration, List<String> overrides) {
        ObjectNode request = request(action).put("configuration", configuration).put("source", "the configuration");
        overrides.forEach(request.putArray("overrides")::add);
        if (!records.isEmpty()) {
            request.put("private_data", records);
        }
        return request;
    }

    private static ObjectNode request(String action) {
        return MAPPER.createObjectNode()
                .put(ConnectRuns.PROTOCOL, ConnectRuns.VERSION)
                .put("action", action)
                .put(
                        "reply",
                        ConnectRuns.PROTOCOL + "_"
                                + UUID.randomUUID().toString().replace("-", ""));
    }

    private JsonNode ask(ObjectNode request) {
        JsonNode answer;
        try {
            Dataset<Row> told = spark.executeCommand(plugin, request.toString(), Map$.MODULE$.empty());
            answer = MAPPER.readTree(((Row[]) told.collect())[0].getString(0));
        } catch (Exception e) {
            // Scala does not declare checked exceptions, and Spark's messages may quote a record.
            throw new RemoteRunException(Failure.of(
                    String.valueOf(e.getMessage()).contains(NO_SUCH_CLASS)
                            ? new ConfigurationException(List.of(NO_PLUGIN))
                            : e));
        }
        JsonNode failure = answer.path("failure");
        if (!failure.isMissingNode()) {
            List<String> problems = new ArrayList<>();
            failure.path("problems").forEach(problem -> problems.add(problem.asText()));
            throw new RemoteRunException(new Failure(
                    failure.path("kind").asText(), failure.path("code").asText(), problems));
        }
        return answer;
    }
}

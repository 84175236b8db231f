package org.privateevolution.spark.telemetry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.sql.SparkSession;

/**
 * Shows runs in Spark's metrics system, and so in every sink that the application has. Spark loads this plugin if
 * {@code spark.plugins} names it; without it, runs have no metrics.
 */
public final class RunMetrics implements SparkPlugin {

    /** Keyed by application id, the only thing that a plugin and the runs of its application share. */
    private static final Map<String, ObservedRuns> APPLICATIONS = new ConcurrentHashMap<>();

    /** Spark creates the plugin with this constructor. */
    public RunMetrics() {}

    @Override
    public DriverPlugin driverPlugin() {
        return new Driver();
    }

    /** Executors have no metrics, because they hold private data. */
    @Override
    public ExecutorPlugin executorPlugin() {
        return null;
    }

    /** Returns the observed runs of a session's application; empty if the application has not loaded this plugin. */
    public static Optional<ObservedRuns> of(SparkSession spark) {
        return Optional.ofNullable(APPLICATIONS.get(spark.sparkContext().applicationId()));
    }

    private static final class Driver implements DriverPlugin {

        private String application = "";

        @Override
        public void registerMetrics(String applicationId, PluginContext context) {
            application = applicationId;
            APPLICATIONS.put(application, ObservedRuns.shownIn(context.metricRegistry()));
        }

        @Override
        public void shutdown() {
            APPLICATIONS.remove(application);
        }
    }
}

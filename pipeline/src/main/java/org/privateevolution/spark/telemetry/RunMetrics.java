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
 * Shows runs as metrics of Spark, in whichever sinks the application has. Spark loads this plugin if {@code spark.plugins}
 * names it; otherwise nothing is measured.
 */
public final class RunMetrics implements SparkPlugin {

    /** By application id, which is all that a plugin and the runs of its application have in common. */
    private static final Map<String, ObservedRuns> APPLICATIONS = new ConcurrentHashMap<>();

    /** Spark makes one by this. */
    public RunMetrics() {}

    @Override
    public DriverPlugin driverPlugin() {
        return new Driver();
    }

    /** Executors hold private data, and have no metrics. */
    @Override
    public ExecutorPlugin executorPlugin() {
        return null;
    }

    /** What a session's application is shown of its runs, if it asks for it. */
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

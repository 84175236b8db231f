package org.privateevolution.jobs;

import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.store.LocalFiles;
import scala.Option;

/** The Spark session of a command: the one that spark-submit or a notebook prepared, or else a quiet local one. */
final class LocalSession implements AutoCloseable {

    /** spark-submit hands every property of the application on. */
    private static final String SUBMITTED = "spark.app.submitTime";

    /** Set by {@code scripts/submit} if a cluster manager carries the file to the driver. */
    private static final String CONFIGURATION = "spark.privateevolution.configuration";

    private static final String MASTER = "spark.master";
    private static final String DEPLOY_MODE = "spark.submit.deployMode";
    private static final String CLUSTER = "cluster";
    private static final String LOCAL_FILES = "file:";

    private final SparkSession spark;
    private final boolean own;

    private LocalSession(SparkSession spark, boolean own) {
        this.spark = spark;
        this.own = own;
    }

    /** Whether spark-submit started this process. */
    static boolean isSubmitted() {
        return System.getProperty(SUBMITTED) != null;
    }

    /** Whether this process is a driver that a cluster manager started. */
    static boolean isClusterDriver() {
        return CLUSTER.equals(System.getProperty(DEPLOY_MODE));
    }

    /** Whether Spark was started before the command, so that the process must outlive it. Ask after the command. */
    static boolean isGuest() {
        return SparkEnv.get() != null;
    }

    /** Whether a path without a scheme is on this machine's disk. */
    static boolean readsThisDisk() {
        if (isSubmitted()) {
            return false;
        }
        Option<SparkSession> existing = SparkSession.getDefaultSession();
        return existing.isEmpty()
                || existing.get()
                        .sparkContext()
                        .hadoopConfiguration()
                        .get("fs.defaultFS", LOCAL_FILES)
                        .startsWith(LOCAL_FILES);
    }

    /** The configuration that the user named to scripts/submit, if the driver knows it by another name. */
    static Optional<String> submittedConfiguration() {
        return Optional.ofNullable(System.getProperty(CONFIGURATION));
    }

    static LocalSession start(String name, SparkOptions options) {
        Option<SparkSession> existing = SparkSession.getDefaultSession();
        if (existing.isDefined() && options.properties().isEmpty()) {
            return new LocalSession(existing.get(), false);
        }
        long now = System.currentTimeMillis();
        SparkSession session =
                SparkSession.builder().config(configuration(name, options)).getOrCreate();
        // A notebook's or a job cluster's context may be there without a session.
        return new LocalSession(
                session, existing.isEmpty() && session.sparkContext().startTime() >= now);
    }

    private static SparkConf configuration(String name, SparkOptions options) {
        SparkConf conf = new SparkConf().setIfMissing("spark.app.name", name);
        options.properties().forEach(conf::set);
        if (conf.contains(MASTER)) {
            if (options.master() != null && !options.master().equals(conf.get(MASTER))) {
                throw new ConfigurationException(List.of("--master: " + options.master()
                        + " is not allowed: Spark already has the master " + conf.get(MASTER) + "; give it only once"));
            }
            return conf;
        }
        conf.setMaster(options.master() == null ? "local[*]" : options.master());
        // Spark's own progress bar would be drawn over ours.
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        // Private vectors that do not fit into memory lie on disk.
        conf.setIfMissing("spark.io.encryption.enabled", "true");
        if (conf.get(MASTER).startsWith("local")) {
            conf.setIfMissing("spark.ui.enabled", "false");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
        }
        if (conf.get(MASTER).matches("local(\\[.*)?")) {
            // Executors in other processes might not find the class.
            conf.setIfMissing("spark.hadoop.fs.file.impl", LocalFiles.class.getName());
        }
        return conf;
    }

    SparkSession spark() {
        return spark;
    }

    /** Stops the session, unless it existed before the command. */
    @Override
    public void close() {
        if (own) {
            boolean driverIsOurs = !CLUSTER.equals(spark.conf().get(DEPLOY_MODE, ""));
            spark.stop();
            if (driverIsOurs) {
                Pe.ownProcess();
            }
        }
    }
}

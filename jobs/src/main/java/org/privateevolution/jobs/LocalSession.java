package org.privateevolution.jobs;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;

/** The Spark session of a command: the one that spark-submit or a notebook prepared, or else a quiet local one. */
final class LocalSession implements AutoCloseable {

    private static final String MASTER = "spark.master";

    private final SparkSession spark;
    private final boolean own;

    private LocalSession(SparkSession spark, boolean own) {
        this.spark = spark;
        this.own = own;
    }

    static LocalSession start(String name, Master master) {
        boolean exists = SparkSession.getDefaultSession().isDefined();
        return new LocalSession(
                SparkSession.builder().config(configuration(name, master)).getOrCreate(), !exists);
    }

    private static SparkConf configuration(String name, Master master) {
        SparkConf conf = new SparkConf().setIfMissing("spark.app.name", name);
        if (conf.contains(MASTER)) {
            if (master.url() != null && !master.url().equals(conf.get(MASTER))) {
                throw new ConfigurationException(List.of("--master: " + master.url() + " is not allowed: spark-submit"
                        + " has set " + conf.get(MASTER) + "; give it to spark-submit instead"));
            }
            return conf;
        }
        conf.setMaster(master.url() == null ? "local[*]" : master.url());
        // Spark's own progress bar would be drawn over ours.
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        if (conf.get(MASTER).startsWith("local")) {
            conf.setIfMissing("spark.ui.enabled", "false");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
        }
        return conf;
    }

    SparkSession spark() {
        return spark;
    }

    /** A session that was there before stays. */
    @Override
    public void close() {
        if (own) {
            spark.stop();
        }
    }
}

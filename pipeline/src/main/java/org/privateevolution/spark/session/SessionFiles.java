package org.privateevolution.spark.session;

import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The configuration of the driver's file systems: Spark's properties, and what a notebook has set on its session. */
public final class SessionFiles {

    /** What Spark hands on to Hadoop. */
    private static final String HADOOP = "spark.hadoop.";

    private static final String LOCAL = "file";

    private SessionFiles() {}

    public static Configuration configuration(SparkSession spark) {
        return spark.sessionState().newHadoopConf();
    }

    /**
     * The configuration for files at these locations, as {@link #configuration()} gives it. Without a session, files on
     * this machine's disk need nothing of Spark, whose classes take a fifth of a second to load.
     */
    public static Configuration configuration(String... locations) {
        if (SparkEnv.get() != null) {
            return configuration();
        }
        Configuration plain = new Configuration();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(HADOOP))
                .forEach(name -> plain.set(name.substring(HADOOP.length()), System.getProperty(name)));
        String unnamed = FileSystem.getDefaultUri(plain).getScheme();
        boolean onThisDisk = Stream.of(locations)
                .map(location -> new Path(location).toUri().getScheme())
                .allMatch(scheme -> LOCAL.equals(scheme == null ? unnamed : scheme));
        return onThisDisk ? plain : configuration();
    }

    /** The configuration of the current session or, if there is none, of the session that would be started. */
    public static Configuration configuration() {
        Option<SparkSession> session = SparkSession.getActiveSession();
        session = session.isDefined() ? session : SparkSession.getDefaultSession();
        return session.isDefined()
                ? configuration(session.get())
                : SparkHadoopUtil.get().newConfiguration(new SparkConf());
    }
}

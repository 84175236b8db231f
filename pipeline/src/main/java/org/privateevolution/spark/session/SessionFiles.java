package org.privateevolution.spark.session;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
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

    /** Where Hadoop's configuration of an installation lies on the class path. */
    private static final String SITE = "core-site.xml";

    private static final String LOCAL = "file";

    private SessionFiles() {}

    public static Configuration configuration(SparkSession spark) {
        return spark.sessionState().newHadoopConf();
    }

    /** Whether a location is on this machine's disk, and no session or Hadoop configuration can say otherwise. */
    public static boolean isOnThisDisk(String location) {
        URI uri = new Path(location).toUri();
        boolean local = uri.getAuthority() == null && (uri.getScheme() == null || LOCAL.equals(uri.getScheme()));
        return local && SparkEnv.get() == null && !isHadoopConfigured();
    }

    /** Whether Hadoop's own default, which is the local disk, may have been replaced. */
    private static boolean isHadoopConfigured() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return System.getProperties().stringPropertyNames().stream().anyMatch(name -> name.startsWith(HADOOP))
                || (loader == null ? ClassLoader.getSystemClassLoader() : loader).getResource(SITE) != null;
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

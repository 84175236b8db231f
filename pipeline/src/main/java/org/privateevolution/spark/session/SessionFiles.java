package org.privateevolution.spark.session;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The configuration of the driver's file systems: Spark's properties, and what a notebook has set on its session. */
public final class SessionFiles {

    private SessionFiles() {}

    public static Configuration configuration(SparkSession spark) {
        return spark.sessionState().newHadoopConf();
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

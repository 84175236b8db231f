package org.privateevolution.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** What the driver's file systems are configured by: Spark's properties, and what a notebook has set on its session. */
final class SessionFiles {

    private SessionFiles() {}

    static Configuration configuration(SparkSession spark) {
        return spark.sessionState().newHadoopConf();
    }

    /** Of the session that is there, or of the one that would be started. */
    static Configuration configuration() {
        Option<SparkSession> session = SparkSession.getActiveSession();
        session = session.isDefined() ? session : SparkSession.getDefaultSession();
        return session.isDefined()
                ? configuration(session.get())
                : SparkHadoopUtil.get().newConfiguration(new SparkConf());
    }
}

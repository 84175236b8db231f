package org.privateevolution.jobs;

import org.apache.spark.sql.SparkSession;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.SeededRuns;

/** The plugin with reproducible noise. */
public final class SeededConnectRuns extends ConnectRuns {

    static final long SEED = 11;

    @Override
    protected PrivateEvolution on(SparkSession spark) {
        return SeededRuns.on(spark, SEED);
    }
}

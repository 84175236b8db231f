package org.privateevolution.spark;

import org.apache.spark.sql.SparkSession;
import org.privateevolution.privacy.TestNoise;

/** Runs with noise that can be repeated, for tests of other packages. */
public final class SeededRuns {

    private SeededRuns() {}

    public static PrivateEvolution on(SparkSession spark, long seed) {
        return PrivateEvolution.on(spark).noise(TestNoise.seeded(seed));
    }
}

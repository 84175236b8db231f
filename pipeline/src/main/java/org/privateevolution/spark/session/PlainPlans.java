package org.privateevolution.spark.session;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Plans queries without adaptive execution, which runs each exchange and each cached Dataset in a job of its own, and
 * plans again after each. Only for queries that leave nothing to adapt.
 */
public final class PlainPlans {

    private static final Map<String, String> PLAIN = Map.of("spark.sql.adaptive.enabled", "false");

    private PlainPlans() {}

    /**
     * Returns what {@code planning} returns; queries that it plans, but does not run, are planned plainly. One at a
     * time: runs that share a session would otherwise restore each other's setting.
     */
    public static synchronized <T> T with(SparkSession spark, Supplier<T> planning) {
        try (SessionSettings settings = new SessionSettings(spark.conf(), PLAIN)) {
            return planning.get();
        }
    }
}

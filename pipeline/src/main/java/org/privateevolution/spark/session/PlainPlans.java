package org.privateevolution.spark.session;

import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Plans queries without adaptive execution, which runs each exchange and each cached Dataset in a job of its own, and
 * plans again after each. Only for queries that leave nothing to adapt. Concerns the calling thread: the session's
 * settings, which other threads may use, stay as they are.
 */
public final class PlainPlans {

    private PlainPlans() {}

    /** Returns what {@code planning} returns; queries that it plans are planned plainly. */
    public static <T> T with(Supplier<T> planning) {
        SQLConf conf = SQLConf.get().clone();
        conf.setConfString("spark.sql.adaptive.enabled", "false");
        return SQLConf.withExistingConf(conf, planning::get);
    }

    /** The same rows, whose query is planned plainly now. */
    public static <T> Dataset<T> of(Dataset<T> rows) {
        with(() -> rows.queryExecution().executedPlan());
        return rows;
    }
}

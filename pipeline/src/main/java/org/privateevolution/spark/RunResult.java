package org.privateevolution.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.privateevolution.model.MetricValue;

/**
 * What a run leaves.
 *
 * @param synthetic the published samples, with the declared columns and types
 * @param metrics of every iteration
 * @param location output directory
 */
public record RunResult(Dataset<Row> synthetic, Guarantee guarantee, List<MetricValue> metrics, String location) {
    public RunResult {
        metrics = List.copyOf(metrics);
    }
}

package org.privateevolution.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MetricValue;
import org.privateevolution.run.Guarantee;

/**
 * The results of a run.
 *
 * @param synthetic the published samples, with the declared columns and types
 * @param metrics metrics of every iteration
 * @param marginals comparison with the private data, outside the guarantee; empty unless the configuration asks for it
 * @param verdict sentences on quality from inside the guarantee, on values that look like identifiers, and on made-up
 *     columns; empty if there is nothing to say
 * @param location output directory
 */
public record RunResult(
        Dataset<Row> synthetic,
        Guarantee guarantee,
        List<MetricValue> metrics,
        Optional<MarginalComparison> marginals,
        List<String> verdict,
        String location) {
    public RunResult {
        metrics = List.copyOf(metrics);
        verdict = List.copyOf(verdict);
    }
}

package org.privateevolution.spark.evaluation;

import java.util.List;

/**
 * Rows in codes that models learn from and distances are measured between, drawn at random.
 *
 * @param real as many as synthetic ones, if there are so many
 */
record SampledRows(List<double[]> real, List<double[]> holdout, List<double[]> synthetic) {

    /** @param most rows of each */
    static SampledRows of(TableReference reference, EncodedTable synthetic, int most) {
        return new SampledRows(
                reference.real().sample(most), reference.holdout().sample(most), synthetic.sample(most));
    }

    /** The rows of a list that come first. */
    static List<double[]> first(List<double[]> rows, int size) {
        return rows.subList(0, Math.min(size, rows.size()));
    }
}

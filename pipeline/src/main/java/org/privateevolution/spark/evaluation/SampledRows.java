package org.privateevolution.spark.evaluation;

import java.util.List;

/**
 * Randomly drawn rows in codes, which models learn from and distances are measured between.
 *
 * @param real as many as the synthetic rows, if the table has enough
 */
record SampledRows(List<double[]> real, List<double[]> holdout, List<double[]> synthetic) {

    /** @param most largest number of rows of each kind */
    static SampledRows of(TableReference reference, EncodedTable synthetic, int most) {
        return new SampledRows(
                reference.real().sample(most), reference.holdout().sample(most), synthetic.sample(most));
    }

    /** The first rows of a list, at most {@code size}. */
    static List<double[]> first(List<double[]> rows, int size) {
        return rows.subList(0, Math.min(size, rows.size()));
    }
}

package org.privateevolution.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.MetricValue;
import org.privateevolution.vector.NearestNeighborKernel;

/** Metrics of synthetic texts only, inside the guarantee. */
public final class TextMetrics {

    private static final int LONGEST_RUN = 3;
    /** Texts with a higher cosine between their sentence embeddings differ by a few words. */
    private static final double NEAR_DUPLICATE_COSINE = 0.95;

    private TextMetrics() {}

    /**
     * Computes {@code distinct_1} to {@code distinct_3} and {@code near_duplicates}.
     *
     * @param label the label of all texts, or {@link MetricValue#ALL_LABELS}
     * @param vectors row-major embeddings of the texts
     */
    public static List<MetricValue> of(
            int iteration,
            String label,
            List<String> texts,
            NearestNeighborKernel kernel,
            int dimension,
            float[] vectors) {
        if (vectors.length != (long) texts.size() * dimension) {
            throw new IllegalArgumentException(texts.size() + " texts need " + (long) texts.size() * dimension
                    + " floats of dimension " + dimension + ", not " + vectors.length);
        }
        List<MetricValue> metrics = new ArrayList<>();
        for (int n = 1; n <= LONGEST_RUN; n++) {
            metrics.add(new MetricValue(iteration, label, "distinct_" + n, DistinctNGrams.share(texts, n), true));
        }
        double repeated = NearDuplicates.share(kernel, dimension, vectors, NEAR_DUPLICATE_COSINE);
        metrics.add(new MetricValue(iteration, label, "near_duplicates", repeated, true));
        return metrics;
    }
}

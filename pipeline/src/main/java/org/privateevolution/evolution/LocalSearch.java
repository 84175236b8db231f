package org.privateevolution.evolution;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

/**
 * Searches on all cores of this JVM.
 *
 * @param dimension number of floats per vector
 */
public record LocalSearch(Metric metric, int dimension) implements PointSearch, Serializable {

    private static final long serialVersionUID = 1L;

    /** Number of rows that one core searches at a time. */
    public static final int ROWS_AT_ONCE = 4_096;

    @Override
    public Candidates among(float[] candidates) {
        CandidateIndex index = Kernels.calibrated().index(metric, dimension, List.of(candidates));
        return (points, first, rows, k) -> {
            int[] nearest = new int[Math.multiplyExact(rows, k)];
            IntStream.rangeClosed(0, (rows - 1) / ROWS_AT_ONCE).parallel().forEach(block -> {
                int from = block * ROWS_AT_ONCE;
                int[] own = new int[Math.min(ROWS_AT_ONCE, rows - from) * k];
                index.search(points, first + from, own.length / k, k, own);
                System.arraycopy(own, 0, nearest, from * k, own.length);
            });
            return nearest;
        };
    }
}

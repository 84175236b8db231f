package org.privateevolution.evaluation;

import java.util.List;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

/** Measures how many synthetic samples nearly repeat another one. */
public final class NearDuplicates {

    private NearDuplicates() {}

    /**
     * The share of vectors whose nearest other vector has at least the given cosine.
     *
     * @param vectors row-major; any number of complete rows
     * @param minCosine -1 to 1
     * @return 0 to 1; 0 if there are fewer than two vectors
     */
    public static double share(NearestNeighborKernel kernel, int dimension, float[] vectors, double minCosine) {
        if (!(minCosine >= -1 && minCosine <= 1)) {
            throw new IllegalArgumentException("the least cosine is " + minCosine + ": it must be -1 to 1");
        }
        int rows = vectors.length / dimension;
        if (rows < 2) {
            return 0;
        }
        CandidateIndex index = kernel.index(Metric.COSINE, dimension, List.of(vectors));
        int[] neighbors = new int[2 * rows];
        index.search(vectors, 0, rows, 2, neighbors);
        int repeated = 0;
        for (int row = 0; row < rows; row++) {
            int other = neighbors[2 * row] == row ? neighbors[2 * row + 1] : neighbors[2 * row];
            if (Metric.COSINE.score(vectors, row * dimension, vectors, other * dimension, dimension) >= minCosine) {
                repeated++;
            }
        }
        return repeated / (double) rows;
    }
}

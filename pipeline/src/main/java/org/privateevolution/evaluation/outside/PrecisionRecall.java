package org.privateevolution.evaluation.outside;

import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019, eq. 2).
 *
 * @param precision share of synthetic vectors inside the manifold of the private ones, 0 to 1
 * @param recall share of private vectors inside the manifold of the synthetic ones, 0 to 1
 */
public record PrecisionRecall(double precision, double recall) {

    /** The k of the reference implementation. */
    private static final int NEIGHBORS = 4;

    /**
     * Compares two sets of embeddings, row-major, at least 2 each; for a fair comparison give equally many of both. The
     * manifolds use the 4 nearest neighbours, or as many as there are.
     */
    public static PrecisionRecall of(
            NearestNeighborKernel kernel, int dimension, float[] privateVectors, float[] syntheticVectors) {
        int rows = Math.min(privateVectors.length, syntheticVectors.length) / dimension;
        return of(kernel, dimension, privateVectors, syntheticVectors, Math.max(1, Math.min(NEIGHBORS, rows - 1)));
    }

    /**
     * Compares two sets of embeddings, row-major; for a fair comparison give equally many of both.
     *
     * @param k as in {@link KnnManifold#of}
     */
    public static PrecisionRecall of(
            NearestNeighborKernel kernel, int dimension, float[] privateVectors, float[] syntheticVectors, int k) {
        return new PrecisionRecall(
                share(KnnManifold.of(kernel, dimension, privateVectors, k), dimension, syntheticVectors),
                share(KnnManifold.of(kernel, dimension, syntheticVectors, k), dimension, privateVectors));
    }

    private static double share(KnnManifold manifold, int dimension, float[] vectors) {
        int rows = vectors.length / dimension;
        return manifold.countInside(vectors) / (double) rows;
    }
}

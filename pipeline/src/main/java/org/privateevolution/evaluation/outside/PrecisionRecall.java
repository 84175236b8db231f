package org.privateevolution.evaluation.outside;

import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019, eq. 2).
 *
 * @param precision share of synthetic vectors inside the manifold of the private ones, 0 to 1
 * @param recall share of private vectors inside the manifold of the synthetic ones, 0 to 1
 */
public record PrecisionRecall(double precision, double recall) {

    /**
     * Compares two sets of embeddings, row-major; for a fair comparison as many of the one as of the other.
     *
     * @param k as {@link KnnManifold#of} takes it
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

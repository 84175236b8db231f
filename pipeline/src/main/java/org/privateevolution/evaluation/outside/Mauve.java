package org.privateevolution.evaluation.outside;

import org.privateevolution.vector.NearestNeighborKernel;

/**
 * A divergence like MAUVE (Pillutla et al. 2021). Both sets of embeddings are clustered together, which turns each into
 * a distribution over clusters: P of the private, Q of the synthetic ones. The result is the area under their
 * divergence frontier. It differs from the paper in the embeddings, which are not a language model's, and in that they
 * are clustered without a principal-component projection. Compare only results with the same embedding, the same number
 * of clusters and similar numbers of vectors.
 */
public final class Mauve {

    /** The paper's c. */
    private static final double SCALE = 5;
    /** Number of mixtures between P and Q, as the authors use. */
    private static final int MIXTURES = 25;

    private static final double FIRST_MIXTURE = 1e-6;

    private Mauve() {}

    /**
     * Clusters and compares.
     *
     * @param privateVectors row-major
     * @param syntheticVectors row-major
     * @param clusters at least 1; the paper uses a tenth of the number of vectors of one side
     * @param seed of the clustering's start
     * @return 0 (exclusive) to 1; 1 if both have the same share in each cluster
     */
    public static double of(
            NearestNeighborKernel kernel,
            int dimension,
            float[] privateVectors,
            float[] syntheticVectors,
            int clusters,
            long seed) {
        if (clusters < 1) {
            throw new IllegalArgumentException("clusters is " + clusters + ": it must be 1 or greater");
        }
        float[] together = new float[Math.addExact(privateVectors.length, syntheticVectors.length)];
        System.arraycopy(privateVectors, 0, together, 0, privateVectors.length);
        System.arraycopy(syntheticVectors, 0, together, privateVectors.length, syntheticVectors.length);
        int[] assigned = KMeans.assign(kernel, dimension, together, clusters, seed);
        long[] privateCounts = new long[clusters];
        long[] syntheticCounts = new long[clusters];
        for (int row = 0; row < assigned.length; row++) {
            (row < privateVectors.length / dimension ? privateCounts : syntheticCounts)[assigned[row]]++;
        }
        return frontierArea(privateCounts, syntheticCounts);
    }

    /**
     * The area under the curve of {@code (exp(-c KL(Q|R)), exp(-c KL(P|R)))} over the mixtures
     * {@code R = w P + (1 - w) Q}, {@code 0 < w < 1}, with (1, 0) and (0, 1) at its ends, c = 5; by trapezoids between
     * 25 mixtures.
     *
     * @param p counts of each cluster
     * @param q counts of the same clusters
     * @return 1/252 up to rounding of the trapezoids if no cluster is shared, 1 if shares are equal
     */
    static double frontierArea(long[] p, long[] q) {
        double[] ps = shares(p);
        double[] qs = shares(q);
        double area = 0;
        double fromX = 1;
        double fromY = 0;
        for (int i = 0; i < MIXTURES; i++) {
            double weight = FIRST_MIXTURE + (1 - 2 * FIRST_MIXTURE) * i / (MIXTURES - 1);
            double x = Math.exp(-SCALE * divergence(qs, ps, 1 - weight));
            double y = Math.exp(-SCALE * divergence(ps, qs, weight));
            area += (fromX - x) * (fromY + y) / 2;
            fromX = x;
            fromY = y;
        }
        return area + fromX * (fromY + 1) / 2;
    }

    /** The Kullback-Leibler divergence of a from {@code weight a + (1 - weight) b}, in nats. */
    private static double divergence(double[] a, double[] b, double weight) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            if (a[i] > 0) {
                sum += a[i] * Math.log(a[i] / (weight * a[i] + (1 - weight) * b[i]));
            }
        }
        // For equal distributions, rounding may make it negative.
        return Math.max(sum, 0);
    }

    private static double[] shares(long[] counts) {
        double total = 0;
        for (long count : counts) {
            total += count;
        }
        if (total == 0) {
            throw new IllegalArgumentException("no vectors on one side: there is nothing to compare");
        }
        double[] shares = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            shares[i] = counts[i] / total;
        }
        return shares;
    }
}

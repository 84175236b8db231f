package org.privateevolution.evaluation.outside;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

/** Clusters vectors by Lloyd's iteration from the k-means++ start (Arthur and Vassilvitskii 2007). */
final class KMeans {

    private static final int MAX_ITERATIONS = 50;

    private final NearestNeighborKernel kernel;
    private final int dimension;
    private final float[] vectors;
    private final int rows;

    private KMeans(NearestNeighborKernel kernel, int dimension, float[] vectors) {
        this.kernel = kernel;
        this.dimension = dimension;
        this.vectors = vectors;
        this.rows = vectors.length / dimension;
    }

    /**
     * The cluster of each vector, from 0.
     *
     * @param vectors row-major, at least one
     * @param clusters at least 1; fewer result if fewer vectors differ
     */
    static int[] assign(NearestNeighborKernel kernel, int dimension, float[] vectors, int clusters, long seed) {
        KMeans means = new KMeans(kernel, dimension, vectors);
        float[] centers = means.start(clusters, new SplittableRandom(seed));
        int[] assigned = means.nearest(centers);
        for (int i = 0; i < MAX_ITERATIONS; i++) {
            means.move(centers, assigned);
            int[] next = means.nearest(centers);
            if (Arrays.equals(next, assigned)) {
                return next;
            }
            assigned = next;
        }
        return assigned;
    }

    /**
     * Draws centers among the vectors, each with a probability proportional to its squared distance from the centers
     * drawn before.
     */
    private float[] start(int clusters, SplittableRandom random) {
        float[] centers = new float[Math.multiplyExact(Math.min(clusters, rows), dimension)];
        double[] squaredDistances = new double[rows];
        Arrays.fill(squaredDistances, Double.POSITIVE_INFINITY);
        int drawn = random.nextInt(rows);
        for (int at = 0; at < centers.length; at += dimension) {
            System.arraycopy(vectors, drawn * dimension, centers, at, dimension);
            double total = 0;
            for (int row = 0; row < rows; row++) {
                double squares = -Metric.L2.score(vectors, row * dimension, centers, at, dimension);
                squaredDistances[row] = Math.min(squaredDistances[row], squares);
                total += squaredDistances[row];
            }
            if (total == 0) {
                return Arrays.copyOf(centers, at + dimension);
            }
            drawn = draw(squaredDistances, random.nextDouble() * total);
        }
        return centers;
    }

    private static int draw(double[] weights, double at) {
        int drawn = 0;
        double left = at;
        for (int row = 0; row < weights.length; row++) {
            if (weights[row] > 0) {
                drawn = row;
                left -= weights[row];
                if (left < 0) {
                    return drawn;
                }
            }
        }
        return drawn;
    }

    private int[] nearest(float[] centers) {
        CandidateIndex index = kernel.index(Metric.L2, dimension, List.of(centers.clone()));
        int[] nearest = new int[rows];
        index.search(vectors, 0, rows, 1, nearest);
        return nearest;
    }

    /** Moves each center to the mean of its vectors; a center without vectors stays. */
    private void move(float[] centers, int[] assigned) {
        double[] sums = new double[centers.length];
        int[] counts = new int[centers.length / dimension];
        for (int row = 0; row < rows; row++) {
            counts[assigned[row]]++;
            for (int j = 0; j < dimension; j++) {
                sums[assigned[row] * dimension + j] += vectors[row * dimension + j];
            }
        }
        for (int center = 0; center < counts.length; center++) {
            for (int j = 0; j < dimension && counts[center] > 0; j++) {
                centers[center * dimension + j] = (float) (sums[center * dimension + j] / counts[center]);
            }
        }
    }
}

package org.privateevolution.evaluation.outside;

import java.util.List;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * The estimated manifold of a set of vectors (Kynkäänniemi et al. 2019, eq. 1): the union of closed balls around the
 * vectors, whose radius is the distance to the k-th nearest other vector.
 *
 * <p>A query q lies in the ball of radius r around p if {@code q.p - (p.p - r^2) / 2 >= q.q / 2}. The left side is the
 * inner product of q, extended by a component 1, with p, extended by {@code -(p.p - r^2) / 2}. So the ball to check is
 * the one that an inner-product search finds first. Because the search rounds, several are checked.
 */
public final class KnnManifold {

    private static final int BALLS_TO_LOOK_AT = 8;
    private static final int QUERY_ROWS = 1024;

    private final int dimension;
    private final float[] points;
    private final double[] squaredRadii;
    private final CandidateIndex balls;

    private KnnManifold(int dimension, float[] points, double[] squaredRadii, CandidateIndex balls) {
        this.dimension = dimension;
        this.points = points;
        this.squaredRadii = squaredRadii;
        this.balls = balls;
    }

    /**
     * Estimates the manifold of vectors.
     *
     * @param dimension number of floats per vector, 1 to 4095
     * @param points row-major; kept, do not change
     * @param k 1 to 31, and less than the number of points; the paper uses 3
     */
    public static KnnManifold of(NearestNeighborKernel kernel, int dimension, float[] points, int k) {
        int count = points.length / dimension;
        int most = Math.min(CandidateIndex.MAX_NEIGHBORS, count) - 1;
        if (k < 1 || k > most) {
            throw new IllegalArgumentException(
                    "k is " + k + ", must be 1 to " + most + " for " + count + " vectors: their manifold needs more");
        }
        double[] squaredRadii = squaredRadii(kernel, dimension, points, k);
        float[] centers = new float[Math.multiplyExact(count, dimension + 1)];
        for (int i = 0; i < count; i++) {
            int at = i * dimension;
            System.arraycopy(points, at, centers, i * (dimension + 1), dimension);
            double squares = Metric.INNER_PRODUCT.score(points, at, points, at, dimension);
            centers[i * (dimension + 1) + dimension] = (float) ((squaredRadii[i] - squares) / 2);
        }
        CandidateIndex balls = kernel.index(Metric.INNER_PRODUCT, dimension + 1, List.of(centers));
        return new KnnManifold(dimension, points, squaredRadii, balls);
    }

    /**
     * The number of queries that lie in the manifold.
     *
     * @param queries row-major
     */
    public int countInside(float[] queries) {
        int rows = queries.length / dimension;
        int k = Math.min(BALLS_TO_LOOK_AT, squaredRadii.length);
        int[] nearest = new int[QUERY_ROWS * k];
        float[] extended = new float[QUERY_ROWS * (dimension + 1)];
        int inside = 0;
        for (int done = 0; done < rows; done += QUERY_ROWS) {
            int size = Math.min(QUERY_ROWS, rows - done);
            for (int i = 0; i < size; i++) {
                System.arraycopy(queries, (done + i) * dimension, extended, i * (dimension + 1), dimension);
                extended[i * (dimension + 1) + dimension] = 1;
            }
            balls.search(extended, 0, size, k, nearest);
            for (int i = 0; i < size; i++) {
                if (isInOneOf(nearest, i * k, k, queries, (done + i) * dimension)) {
                    inside++;
                }
            }
        }
        return inside;
    }

    private boolean isInOneOf(int[] nearest, int from, int k, float[] queries, int at) {
        for (int i = from; i < from + k; i++) {
            int ball = nearest[i];
            double squaredDistance = -Metric.L2.score(queries, at, points, ball * dimension, dimension);
            if (squaredDistance <= squaredRadii[ball]) {
                return true;
            }
        }
        return false;
    }

    private static double[] squaredRadii(NearestNeighborKernel kernel, int dimension, float[] points, int k) {
        int count = points.length / dimension;
        CandidateIndex index = kernel.index(Metric.L2, dimension, List.of(points));
        // The nearest is the point itself, or one that equals it.
        int[] nearest = new int[Math.multiplyExact(count, k + 1)];
        index.search(points, 0, count, k + 1, nearest);
        double[] squaredRadii = new double[count];
        for (int i = 0; i < count; i++) {
            int farthest = nearest[i * (k + 1) + k];
            squaredRadii[i] = -Metric.L2.score(points, i * dimension, points, farthest * dimension, dimension);
        }
        return squaredRadii;
    }
}

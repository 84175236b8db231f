package org.privateevolution.vector;

/**
 * Measures how near a candidate is to a query.
 *
 * <p>The metric's {@link #score} decides every vote: a candidate is nearer than another if its score is larger, or if
 * the scores are equal and its index is lower. Scores are double sums in a fixed order, so they have the same bits on
 * every machine, and equal vectors have equal scores.
 */
public enum Metric {
    /** Minus the squared Euclidean distance. */
    L2 {
        @Override
        public double score(float[] a, int aAt, float[] b, int bAt, int dimension) {
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int j = 0;
            for (; j <= dimension - 4; j += 4) {
                double d0 = (double) a[aAt + j] - b[bAt + j];
                double d1 = (double) a[aAt + j + 1] - b[bAt + j + 1];
                double d2 = (double) a[aAt + j + 2] - b[bAt + j + 2];
                double d3 = (double) a[aAt + j + 3] - b[bAt + j + 3];
                s0 += d0 * d0;
                s1 += d1 * d1;
                s2 += d2 * d2;
                s3 += d3 * d3;
            }
            for (; j < dimension; j++) {
                double d0 = (double) a[aAt + j] - b[bAt + j];
                s0 += d0 * d0;
            }
            return -((s0 + s1) + (s2 + s3));
        }
    },
    /** Cosine of the angle, -1 to 1; 0 if either vector is zero. */
    COSINE {
        @Override
        public double score(float[] a, int aAt, float[] b, int bAt, int dimension) {
            double squares = dot(a, aAt, a, aAt, dimension) * dot(b, bAt, b, bAt, dimension);
            return squares == 0 ? 0 : dot(a, aAt, b, bAt, dimension) / Math.sqrt(squares);
        }
    },
    /** Inner product. */
    INNER_PRODUCT {
        @Override
        public double score(float[] a, int aAt, float[] b, int bAt, int dimension) {
            return dot(a, aAt, b, bAt, dimension);
        }
    };

    /**
     * Scores one vector against another; a larger score is nearer. Each sum is computed as four interleaved partial
     * sums and added as (s0 + s1) + (s2 + s3); s0 also takes the components after the last complete four.
     *
     * @param a holds a vector of finite floats at {@code aAt}
     * @param b holds a vector of finite floats at {@code bAt}
     * @param dimension number of floats per vector
     */
    public abstract double score(float[] a, int aAt, float[] b, int bAt, int dimension);

    /** Inner product in double. Neither overflows nor underflows: a product of two floats lies within 1e-90 to 1e78. */
    static double dot(float[] a, int aAt, float[] b, int bAt, int dimension) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j <= dimension - 4; j += 4) {
            s0 += (double) a[aAt + j] * b[bAt + j];
            s1 += (double) a[aAt + j + 1] * b[bAt + j + 1];
            s2 += (double) a[aAt + j + 2] * b[bAt + j + 2];
            s3 += (double) a[aAt + j + 3] * b[bAt + j + 3];
        }
        for (; j < dimension; j++) {
            s0 += (double) a[aAt + j] * b[bAt + j];
        }
        return (s0 + s1) + (s2 + s3);
    }
}

package org.privateevolution.vector;

/**
 * Bounds the distance between the float score of a {@link TileScorer} and the score in real arithmetic, by the standard
 * bound for sums of products (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., eq. 3.4): n roundings on
 * the way of a term change the sum by at most n u / (1 - n u) times the sum of the terms' magnitudes, which
 * Cauchy-Schwarz bounds by norms. Three roundings beyond those of the sum cover the rounding of biases and normalised
 * candidates. The bound includes the rounding of {@link Metric#score}, whose squared differences are as large as the
 * query's norm even if all candidates are small.
 *
 * <p>If candidates and query hold multiples of one power of two, few enough that every partial sum fits into a float's
 * 24 bits, as in one-hot tables, float scores are exact and equal scores are real ties.
 */
final class ErrorBound {

    /** Up to this norm float scores stay finite: 2^80 times a few stays below 2^127. */
    static final double LARGEST_NORM = 0x1p40;

    private static final double UNIT_ROUNDOFF = 0x1p-24;
    private static final double DOUBLE_UNIT_ROUNDOFF = 0x1p-53;
    private static final int EXACT_BITS = 23;
    private static final int COARSEST_GRID = 127;

    private final Metric metric;
    private final double relative;
    private final double doubleRelative;
    private final double underflow;
    private final double largestNorm;
    private final int grid;

    /**
     * @param largestNorm norm of the longest candidate; 1 for cosine, since candidates are normalised
     * @param grid exponent of a power of two that divides every component of the candidates, see {@link #grid}
     */
    ErrorBound(Metric metric, int dimension, double largestNorm, int grid) {
        this.metric = metric;
        double roundings = (dimension + 4) * UNIT_ROUNDOFF;
        this.relative = roundings / (1 - roundings);
        this.doubleRelative = (dimension + 4) * DOUBLE_UNIT_ROUNDOFF;
        this.underflow = (dimension + 2) * (double) Float.MIN_VALUE;
        this.largestNorm = largestNorm;
        this.grid = grid;
    }

    /**
     * The largest possible error of this query's float scores; 0 if they are exact, infinite if they could overflow.
     *
     * @param queries holds the query at {@code at}
     * @param norm norm of the query
     */
    double margin(float[] queries, int at, int dimension, double norm) {
        if (norm > LARGEST_NORM || largestNorm > LARGEST_NORM) {
            return Double.POSITIVE_INFINITY;
        }
        double magnitude = magnitude(norm);
        if (magnitude == 0 || exact(queries, at, dimension, magnitude)) {
            return 0;
        }
        double reach = norm + largestNorm;
        return relative * magnitude + doubleRelative * reach * reach + underflow * (1 + norm);
    }

    /** Whether there can be a query whose margin is 0. */
    boolean mayBeExact() {
        return metric != Metric.COSINE && magnitude(0) <= Math.scalb(1.0, EXACT_BITS + unit(COARSEST_GRID));
    }

    private double magnitude(double norm) {
        double products = norm * largestNorm;
        return metric == Metric.L2 ? products + largestNorm * largestNorm / 2 : products;
    }

    private boolean exact(float[] queries, int at, int dimension, double magnitude) {
        if (metric == Metric.COSINE || magnitude > Math.scalb(1.0, EXACT_BITS + unit(COARSEST_GRID))) {
            return false;
        }
        // The last comparison can hold only if the grid is at least this coarse.
        int least = Math.getExponent(magnitude) - EXACT_BITS - 1 - grid;
        int unit = unit(grid(queries, at, dimension, least));
        return unit > Float.MIN_EXPONENT && magnitude <= Math.scalb(1.0, EXACT_BITS + unit);
    }

    /** Exponent of a power of two that divides every term of a score. */
    private int unit(int queryGrid) {
        return metric == Metric.L2 ? Math.min(grid + queryGrid, 2 * grid - 1) : grid + queryGrid;
    }

    /** Exponent of the largest power of two that divides every component. */
    static int grid(float[] values, int at, int dimension) {
        return grid(values, at, dimension, Integer.MIN_VALUE);
    }

    /** The same exponent; if it is less than {@code least}, any value less than {@code least}. */
    private static int grid(float[] values, int at, int dimension, int least) {
        int grid = COARSEST_GRID;
        for (int j = at; j < at + dimension && grid >= least; j++) {
            int bits = Float.floatToRawIntBits(values[j]);
            if (bits << 1 != 0) {
                int zeros = Integer.numberOfTrailingZeros(bits & 0x7fffff | 0x800000);
                grid = Math.min(grid, Math.getExponent(values[j]) - 23 + zeros);
            }
        }
        return grid;
    }
}

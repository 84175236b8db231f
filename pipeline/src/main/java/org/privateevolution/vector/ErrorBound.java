package org.privateevolution.vector;

/**
 * How far the float score of a {@link TileScorer} may lie from the score in real arithmetic, by the standard bound for
 * sums of products (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., eq. 3.4): n roundings on the way
 * of a term change the sum by at most n u / (1 - n u) times the sum of the terms' magnitudes, which Cauchy-Schwarz
 * bounds by norms. Three roundings beyond those of the sum cover the rounding of biases and normalised candidates. The
 * bound includes the rounding of {@link Metric#score}, whose squared differences are as large as the query's norm even
 * where all candidates are small.
 *
 * <p>Where candidates and query hold multiples of one power of two, few enough that every partial sum fits a float's 24
 * bits, as in one-hot tables, float scores are exact and their ties are ties.
 */
final class ErrorBound {

    /** Norms up to here leave float scores finite: 2^80 times a few stays below 2^127. */
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
     * @param largestNorm norm of the longest candidate; for cosine 1, candidates being normalised
     * @param grid power of two that divides every component of the candidates, see {@link #grid}
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
     * The most that a float score of this query can be off; 0 where it is exact, infinite where it could overflow.
     *
     * @param queries holds the query at {@code at}
     * @param norm norm of the query
     */
    double margin(float[] queries, int at, int dimension, double norm) {
        if (norm > LARGEST_NORM || largestNorm > LARGEST_NORM) {
            return Double.POSITIVE_INFINITY;
        }
        double magnitude = norm * largestNorm;
        if (metric == Metric.L2) {
            magnitude += largestNorm * largestNorm / 2;
        }
        if (magnitude == 0 || exact(queries, at, dimension, magnitude)) {
            return 0;
        }
        double reach = norm + largestNorm;
        return relative * magnitude + doubleRelative * reach * reach + underflow * (1 + norm);
    }

    private boolean exact(float[] queries, int at, int dimension, double magnitude) {
        if (metric == Metric.COSINE || magnitude > Math.scalb(1.0, EXACT_BITS + unit(COARSEST_GRID))) {
            return false;
        }
        // A coarser grid than this is needed for the last comparison to hold.
        int least = Math.getExponent(magnitude) - EXACT_BITS - 1 - grid;
        int unit = unit(grid(queries, at, dimension, least));
        return unit > Float.MIN_EXPONENT && magnitude <= Math.scalb(1.0, EXACT_BITS + unit);
    }

    /** Every term of a score is a multiple of two to this power. */
    private int unit(int queryGrid) {
        return metric == Metric.L2 ? Math.min(grid + queryGrid, 2 * grid - 1) : grid + queryGrid;
    }

    /** The largest power of two, given by its exponent, that every component is a multiple of. */
    static int grid(float[] values, int at, int dimension) {
        return grid(values, at, dimension, Integer.MIN_VALUE);
    }

    /** The same, or anything less than {@code least} if it is. */
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

package org.privateevolution.estimate;

import java.util.Arrays;

/**
 * What the points of a pool add to the cells of one release: a sparse matrix A with a row of non-negative shares for each
 * point, so that weights w predict the counts A w. A point of a partition proper lies in one cell, which it adds its whole
 * weight to; a point that votes for its k nearest candidates adds 1/sqrt(k) to each of them, as a record does, so that a
 * record's contribution has L2 norm 1; a point may lie in no cell, as one of another label does.
 *
 * <p>Rows are stored with one length, in order of points; a slot that is not used refers to a cell beyond the last, whose
 * sums nobody reads. Immutable.
 */
public final class Partition {

    /** Stands for no cell. */
    public static final int NO_CELL = -1;

    private final int cells;
    private final int width;
    private final int[] cellOf;
    /** One for each slot, or null where every share is {@link #share}. */
    private final double[] shares;

    private final double share;
    private final double largestRow;

    private Partition(int cells, int width, int[] cellOf, double[] shares, double share) {
        if (cells < 1 || width < 1 || cellOf.length % width != 0) {
            throw new IllegalArgumentException("a partition needs at least one cell and full rows, not " + cells
                    + " cells and " + cellOf.length + " entries in rows of " + width);
        }
        this.cells = cells;
        this.width = width;
        this.cellOf = new int[cellOf.length];
        this.shares = shares;
        this.share = share;
        for (int slot = 0; slot < cellOf.length; slot++) {
            int cell = cellOf[slot];
            if (cell < NO_CELL || cell >= cells) {
                throw new IllegalArgumentException("point " + slot / width + " lies in cell " + cell
                        + "; cells are 0 to " + (cells - 1) + ", or " + NO_CELL + " for none");
            }
            this.cellOf[slot] = cell == NO_CELL ? cells : cell;
        }
        this.largestRow = largestRow();
    }

    /**
     * Each point in one cell, or in none.
     *
     * @param cells number of cells, at least 1
     * @param cellOf the cell of each point, or {@link #NO_CELL}; copied
     */
    public static Partition of(int cells, int[] cellOf) {
        return new Partition(cells, 1, cellOf, null, 1);
    }

    /**
     * Each point adds 1/sqrt(k) to each of k cells.
     *
     * @param cells number of cells, at least 1
     * @param k cells a point, at least 1
     * @param neighbors {@code [point][k]}, cells or {@link #NO_CELL}; copied
     */
    public static Partition ofNeighbors(int cells, int k, int[] neighbors) {
        return new Partition(cells, k, neighbors, null, 1 / Math.sqrt(k));
    }

    /**
     * Each point adds shares of its own to up to {@code width} cells.
     *
     * @param cells number of cells, at least 1
     * @param width cells a point at most, at least 1
     * @param cellOf {@code [point][width]}, cells or {@link #NO_CELL}; copied
     * @param shares {@code [point][width]}, finite, at least 0; copied; of no meaning where there is no cell
     */
    public static Partition ofShares(int cells, int width, int[] cellOf, double[] shares) {
        if (shares.length != cellOf.length) {
            throw new IllegalArgumentException(
                    "there are " + shares.length + " shares for " + cellOf.length + " entries of cells");
        }
        for (int slot = 0; slot < shares.length; slot++) {
            if (!(shares[slot] >= 0 && shares[slot] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("point " + slot / width + " has the share " + shares[slot]
                        + " of a cell; shares are finite and at least 0");
            }
        }
        return new Partition(cells, width, cellOf, shares.clone(), Double.NaN);
    }

    /** Number of cells. */
    public int cells() {
        return cells;
    }

    /** Number of points. */
    public int points() {
        return cellOf.length / width;
    }

    /**
     * Counts that weights predict, A w.
     *
     * @param weights of all points
     * @return one count a cell
     */
    public double[] sums(double[] weights) {
        requirePoints(weights);
        double[] sums = new double[cells + 1];
        addSums(weights, sums);
        return Arrays.copyOf(sums, cells);
    }

    /**
     * Variance of the counts where the number of records at each point is a Poisson variable with its weight as mean: the sum
     * of weight times squared share. In a partition proper, the same as {@link #sums}.
     *
     * @param weights of all points
     * @return one variance a cell
     */
    public double[] variances(double[] weights) {
        requirePoints(weights);
        double[] variances = new double[cells + 1];
        for (int slot = 0; slot < cellOf.length; slot++) {
            double s = share(slot);
            variances[cellOf[slot]] += weights[slot / width] * s * s;
        }
        return Arrays.copyOf(variances, cells);
    }

    private void requirePoints(double[] weights) {
        if (weights.length != points()) {
            throw new IllegalArgumentException(
                    "there are " + weights.length + " weights for " + points() + " points of a partition");
        }
    }

    private double share(int slot) {
        return shares == null ? share : shares[slot];
    }

    /** Adds A w to {@code sums}, which has one entry more than there are cells. */
    void addSums(double[] weights, double[] sums) {
        if (width == 1 && shares == null) {
            for (int i = 0; i < cellOf.length; i++) {
                sums[cellOf[i]] += weights[i];
            }
            return;
        }
        for (int slot = 0, i = 0; slot < cellOf.length; i++) {
            for (int end = slot + width; slot < end; slot++) {
                sums[cellOf[slot]] += weights[i] * share(slot);
            }
        }
    }

    /**
     * Logarithms of A w from those of w, whatever their range.
     *
     * @param logs of the weights, negative infinity for 0
     * @param logSums set; one entry more than there are cells; negative infinity where the sum is 0
     */
    void logSums(double[] logs, double[] logSums) {
        double[] greatest = new double[cells + 1];
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        for (int slot = 0; slot < cellOf.length; slot++) {
            if (share(slot) > 0) {
                greatest[cellOf[slot]] = Math.max(greatest[cellOf[slot]], logs[slot / width]);
            }
        }
        Arrays.fill(logSums, 0);
        for (int slot = 0; slot < cellOf.length; slot++) {
            double log = logs[slot / width];
            if (cellOf[slot] < cells && share(slot) > 0 && log > Double.NEGATIVE_INFINITY) {
                logSums[cellOf[slot]] += share(slot) * Math.exp(log - greatest[cellOf[slot]]);
            }
        }
        for (int cell = 0; cell <= cells; cell++) {
            logSums[cell] = logSums[cell] > 0 ? greatest[cell] + Math.log(logSums[cell]) : Double.NEGATIVE_INFINITY;
        }
    }

    /** Adds A' x to {@code exponents}; x has one entry more than there are cells, the last one 0. */
    void addExponents(double[] x, double[] exponents) {
        for (int slot = 0, i = 0; slot < cellOf.length; i++) {
            for (int end = slot + width; slot < end; slot++) {
                exponents[i] += x[cellOf[slot]] * share(slot);
            }
        }
    }

    /**
     * Multiplies each weight with the exponential of its entry of A' x.
     *
     * @param x one entry more than there are cells, the last one 0; afterwards of no meaning
     */
    void multiplyByExponentials(double[] x, double[] weights) {
        if (width == 1 && shares == null) {
            for (int cell = 0; cell <= cells; cell++) {
                x[cell] = x[cell] == 0 ? 1 : Math.exp(x[cell]);
            }
            for (int i = 0; i < cellOf.length; i++) {
                weights[i] *= x[cellOf[i]];
            }
            return;
        }
        for (int slot = 0, i = 0; slot < cellOf.length; i++) {
            double exponent = 0;
            for (int end = slot + width; slot < end; slot++) {
                exponent += x[cellOf[slot]] * share(slot);
            }
            weights[i] *= Math.exp(exponent);
        }
    }

    /** The greatest sum of a row, 1 for a partition proper; 0 if no point adds to any cell. */
    double greatestRowSum() {
        return largestRow;
    }

    private double largestRow() {
        double largest = 0;
        for (int slot = 0; slot < cellOf.length; ) {
            double sum = 0;
            for (int end = slot + width; slot < end; slot++) {
                sum += cellOf[slot] == cells ? 0 : share(slot);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }
}

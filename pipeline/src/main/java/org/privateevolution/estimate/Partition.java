package org.privateevolution.estimate;

import java.util.Arrays;

/**
 * The contributions of a pool's points to the cells of one release: a sparse matrix A with one row of non-negative
 * shares per point, so that weights w predict the counts A w. In a proper partition each point lies in one cell and
 * adds its whole weight to it. A point that votes for its k nearest candidates adds 1/sqrt(k) to each of them, just as
 * a record does, so that a record's contribution has L2 norm 1. A point may lie in no cell, for example if its label is
 * another.
 *
 * <p>All rows are stored with the same length, in the order of the points; an unused slot refers to a cell beyond the
 * last, whose sum is never read. Immutable.
 */
public final class Partition {

    /** Marks the absence of a cell. */
    public static final int NO_CELL = -1;

    private final int cells;
    private final int width;
    private final int[] cellOf;
    /** One for each slot, or null if every share is {@link #share}. */
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
     * Each point lies in one cell or in none.
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
     * @param k number of cells per point, at least 1
     * @param neighbors {@code [point][k]}, cells or {@link #NO_CELL}; copied
     */
    public static Partition ofNeighbors(int cells, int k, int[] neighbors) {
        return new Partition(cells, k, neighbors, null, 1 / Math.sqrt(k));
    }

    /**
     * Each point adds its own shares to up to {@code width} cells.
     *
     * @param cells number of cells, at least 1
     * @param width largest number of cells per point, at least 1
     * @param cellOf {@code [point][width]}, cells or {@link #NO_CELL}; copied
     * @param shares {@code [point][width]}, finite, at least 0; copied; ignored where there is no cell
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

    /** The number of cells. */
    public int cells() {
        return cells;
    }

    /** The number of points. */
    public int points() {
        return cellOf.length / width;
    }

    /**
     * The counts that weights predict, A w.
     *
     * @param weights of all points
     * @return one count per cell
     */
    public double[] sums(double[] weights) {
        requirePoints(weights);
        double[] sums = new double[cells + 1];
        addSums(weights, sums);
        return Arrays.copyOf(sums, cells);
    }

    /**
     * The variances of the counts if the number of records at each point is a Poisson variable whose mean is the
     * point's weight: the sum of weight times squared share. For a proper partition they equal {@link #sums}.
     *
     * @param weights of all points
     * @return one variance per cell
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
     * Computes logarithms of A w from the logarithms of w, whatever their range.
     *
     * @param logs of the weights, negative infinity for 0
     * @param logSums receives the result; one entry more than there are cells; negative infinity where the sum is 0
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

    /** Adds A' x to {@code exponents}; x has one entry more than there are cells, and the last is 0. */
    void addExponents(double[] x, double[] exponents) {
        for (int slot = 0, i = 0; slot < cellOf.length; i++) {
            for (int end = slot + width; slot < end; slot++) {
                exponents[i] += x[cellOf[slot]] * share(slot);
            }
        }
    }

    /**
     * Multiplies each weight by the exponential of its entry of A' x.
     *
     * @param x one entry more than there are cells, the last one 0; its content is undefined afterwards
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

    /** The greatest sum of a row: 1 for a proper partition, 0 if no point adds to any cell. */
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

package org.privateevolution.estimate;

import java.util.ArrayList;
import java.util.List;

/**
 * The starting point of a fit: one dual value for each cell of each release, in the order of the releases, and those of
 * the totals. The duals determine the factor on the prior weights of any pool, so they outlive the pool: a fit with
 * further releases or other points starts from the duals of the previous fit. Immutable.
 *
 * <p>Fits from different starts agree within their tolerance. To continue exactly as before after an interruption,
 * start from the duals of the last fit. {@link #releases()}, {@link #totals()} and {@link #sums()} are its entire
 * state.
 */
public final class Duals {

    private static final Duals NONE = new Duals(List.of(), new double[0], new double[0]);

    private final List<double[]> releases;
    private final double[] totals;
    private final double[] sums;

    private Duals(List<double[]> releases, double[] totals, double[] sums) {
        this.releases = releases;
        this.totals = totals;
        this.sums = sums;
    }

    /** The start without a previous fit. */
    public static Duals none() {
        return NONE;
    }

    /**
     * The duals of a previous fit.
     *
     * @param releases values of the cells of the first releases, in their order; copied
     * @param totals value of each label's total, 0 unless the total is noisy; copied
     * @param sums sum of each label's weights, at least 0; copied
     */
    public static Duals of(List<double[]> releases, double[] totals, double[] sums) {
        List<double[]> copies = new ArrayList<>(releases.size());
        for (double[] values : releases) {
            copies.add(requireFinite(values.clone()));
        }
        for (double sum : requireFinite(sums)) {
            if (sum < 0) {
                throw new IllegalArgumentException("the weights of a label have the sum " + sum + ", below 0");
            }
        }
        if (totals.length != sums.length) {
            throw new IllegalArgumentException(
                    "there are " + totals.length + " dual values for " + sums.length + " totals");
        }
        return new Duals(copies, requireFinite(totals.clone()), sums.clone());
    }

    private static double[] requireFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a fit cannot start from the value " + value);
            }
        }
        return values;
    }

    /** Values of the cells of each release; copies. */
    public List<double[]> releases() {
        return releases.stream().map(double[]::clone).toList();
    }

    /** Value of each label's total; a copy. */
    public double[] totals() {
        return totals.clone();
    }

    /** Sum of each label's weights; a copy. */
    public double[] sums() {
        return sums.clone();
    }

    /** Whether there was no previous fit. */
    public boolean isNone() {
        return sums.length == 0;
    }
}

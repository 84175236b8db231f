package org.privateevolution.estimate;

import java.util.Arrays;

/**
 * The dual values of one release's cells, on the scale of the weights: counts and sigma are divided by the release's
 * scale rho.
 */
final class CellDuals {
    /** A release with a smaller scale is ignored; the reciprocal of the scale might overflow. */
    private static final double LEAST_RHO = 1e-100;

    private final ReleasedCounts release;
    private final Partition partition;
    /** Whether a cell holds a point that may have weight. */
    private final boolean[] live;
    /** Lambda, with one entry more than there are cells; the last entry stays 0. */
    private final double[] values;

    private final double[] sums;
    private final double[] steps;
    private final Fineness fineness;
    /** The scale: votes per unit of weight. At 0 the release is ignored. */
    private double rho = 1;

    /**
     * @param possible above 0 for each point that may have weight
     * @param greatest the greatest sum of weights to expect
     * @param distance the tolerated total variation distance
     * @param start initial values of the cells; if absent, all start at 0
     */
    CellDuals(ReleasedCounts release, double[] possible, double greatest, double distance, double... start) {
        this.release = release;
        this.partition = release.partition();
        int cells = partition.cells();
        this.fineness = Fineness.of(release, greatest * partition.greatestRowSum(), distance);
        this.values = Arrays.copyOf(start, cells + 1);
        this.sums = new double[cells + 1];
        this.steps = new double[cells + 1];
        this.live = new boolean[cells];
        predict(possible);
        for (int cell = 0; cell < cells; cell++) {
            live[cell] = sums[cell] > 0;
            values[cell] = Fineness.bounded(values[cell]);
        }
    }

    double[] values() {
        return Arrays.copyOf(values, live.length);
    }

    double rho() {
        return rho;
    }

    boolean scaleIsFree() {
        return release.scale() == ReleasedCounts.Scale.FREE;
    }

    void addExponents(double[] exponents) {
        partition.addExponents(values, exponents);
    }

    /** Sets the predictions that the following calls use. */
    void predict(double[] weights) {
        Arrays.fill(sums, 0);
        partition.addSums(weights, sums);
    }

    /** The sum over all cells of prediction times count, divided by the variance. */
    double precisionOfCounts() {
        double sum = 0;
        for (int cell = 0; cell < live.length; cell++) {
            sum += sums[cell] * release.count(cell);
        }
        return sum / variance();
    }

    /** The sum over all cells of the squared prediction, divided by the variance. */
    double precisionOfPredictions() {
        double sum = 0;
        for (int cell = 0; cell < live.length; cell++) {
            sum += sums[cell] * sums[cell];
        }
        return sum / variance();
    }

    /**
     * Fits the scale by regressing the counts on the predictions.
     *
     * @return whether the release is now ignored though it was not before: its duals are then 0, and the weights must
     *     be computed anew
     */
    boolean fitScale() {
        boolean spoke = rho > 0;
        rho = 1;
        double product = precisionOfCounts();
        double square = precisionOfPredictions();
        rho = product > 0 && square > 0 && product / square > LEAST_RHO ? product / square : 0;
        if (rho == 0) {
            Arrays.fill(values, 0);
        }
        return spoke && rho == 0;
    }

    /** This release's part of the duality gap: the sum of gradient^2 / (2 variance). */
    double gap() {
        if (rho == 0) {
            return 0;
        }
        double variance = variance();
        double sum = 0;
        for (int cell = 0; cell < live.length; cell++) {
            if (live[cell]) {
                double gradient = release.count(cell) / rho - sums[cell] - variance * values[cell];
                sum += gradient / variance * gradient;
            }
        }
        return sum / 2;
    }

    /** This release's part of the objective, empty cells included. */
    double misfit() {
        double variance = fineness.variance(rho);
        double sum = 0;
        for (int cell = 0; cell < live.length; cell++) {
            double deviation = rho * sums[cell] - release.count(cell);
            sum += deviation / variance * deviation;
        }
        return sum / 2;
    }

    /** This release's part of the dual objective. */
    double value() {
        double variance = variance();
        double sum = 0;
        for (int cell = 0; cell < live.length; cell++) {
            if (live[cell]) {
                sum += values[cell] * (release.count(cell) / rho - variance * values[cell] / 2);
            }
        }
        return sum;
    }

    /**
     * Takes one step in every cell at once and updates the weights accordingly.
     *
     * @return false, with nothing changed, if weights might leave the range of a double
     */
    boolean ascend(double[] weights) {
        if (rho == 0) {
            return true;
        }
        predict(weights);
        double variance = variance();
        double row = partition.greatestRowSum();
        for (int cell = 0; cell < live.length; cell++) {
            steps[cell] = 0;
            if (live[cell]) {
                if (!(sums[cell] >= Fineness.LEAST_SUM)) {
                    return false;
                }
                double rest = release.count(cell) / rho - variance * values[cell];
                steps[cell] = bounded(cell, DualStep.of(sums[cell], rest, variance / row) / row);
                if (!(Math.abs(steps[cell]) * row <= Fineness.GREATEST_STEP)) {
                    return false;
                }
            }
        }
        for (int cell = 0; cell < live.length; cell++) {
            values[cell] += steps[cell];
        }
        steps[live.length] = 0;
        partition.multiplyByExponentials(steps, weights);
        return true;
    }

    /** The same step on logarithms of weights, whose range is not limited. */
    void ascendLogs(double[] logs) {
        if (rho == 0) {
            return;
        }
        double[] logSums = new double[sums.length];
        partition.logSums(logs, logSums);
        double variance = variance();
        double row = partition.greatestRowSum();
        for (int cell = 0; cell < live.length; cell++) {
            steps[cell] = 0;
            if (live[cell]) {
                double rest = release.count(cell) / rho - variance * values[cell];
                steps[cell] = bounded(cell, DualStep.ofLogarithm(logSums[cell], rest, variance / row) / row);
                values[cell] += steps[cell];
            }
        }
        steps[live.length] = 0;
        partition.addExponents(steps, logs);
    }

    /** Limits a step to the allowed range of dual values. A step that stops short of the maximum still ascends. */
    private double bounded(int cell, double step) {
        return Fineness.bounded(values[cell] + step) - values[cell];
    }

    /** The variance of the counts on the scale of the weights. */
    private double variance() {
        return fineness.variance(rho) / rho / rho;
    }
}

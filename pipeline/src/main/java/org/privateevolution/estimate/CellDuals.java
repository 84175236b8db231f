package org.privateevolution.estimate;

import java.util.Arrays;

/** The duals of one release's cells, on the scale of the weights: counts and sigma are divided by the release's scale rho. */
final class CellDuals {
    /** A scale below says nothing, and its reciprocal might overflow. */
    private static final double LEAST_RHO = 1e-100;

    private final ReleasedCounts release;
    private final Partition partition;
    /** Whether a cell holds a point that may have weight. */
    private final boolean[] live;
    /** Lambda, with one entry more than there are cells; the last stays 0. */
    private final double[] values;

    private final double[] sums;
    private final double[] steps;
    private final Fineness fineness;
    /** Votes for one unit of weight; where 0, the release says nothing. */
    private double rho = 1;

    /**
     * @param possible above 0 for each point that may have weight
     * @param greatest sum of weights that is expected
     * @param distance that is tolerated
     * @param start values of the cells, or none to start at 0
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

    /** Sets the predictions that the next calls go by. */
    void predict(double[] weights) {
        Arrays.fill(sums, 0);
        partition.addSums(weights, sums);
    }

    /** Product of predictions and counts over the variance. */
    double precisionOfCounts() {
        double sum = 0;
        for (int cell = 0; cell < live.length; cell++) {
            sum += sums[cell] * release.count(cell);
        }
        return sum / variance();
    }

    /** Square of predictions over the variance. */
    double precisionOfPredictions() {
        double sum = 0;
        for (int cell = 0; cell < live.length; cell++) {
            sum += sums[cell] * sums[cell];
        }
        return sum / variance();
    }

    /**
     * Regresses the counts on the predictions.
     *
     * @return whether the release fell silent, so that its duals are 0 and weights have to be made anew
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

    /** This release's part of the duality gap, the sum of gradient^2 / (2 variance). */
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

    /** What the values add to the dual objective. */
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
     * One step in every cell at once; the weights go along.
     *
     * @return false where weights might leave the range of a double, with nothing changed
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

    /** The same from logarithms of weights, which have any range. */
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

    /** Short of the maximum, a step still ascends. */
    private double bounded(int cell, double step) {
        return Fineness.bounded(values[cell] + step) - values[cell];
    }

    /** On the scale of the weights. */
    private double variance() {
        return fineness.variance(rho) / rho / rho;
    }
}

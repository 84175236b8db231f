package org.privateevolution.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Maximises the dual objective of one fit. Holds the duals and the weights that belong to them,
 *
 * <pre>
 *     w_i = prior_i exp(scale_l + nu_l + sum over r of (A_r' lambda_r)_i),    l the label of point i.
 * </pre>
 *
 * <p>Between two checks, each step multiplies the weights directly, which needs no exponential per point. At each check
 * the weights are recomputed from the duals, so that rounding errors do not accumulate. Where a weight might overflow
 * or underflow, the sweeps up to the next check work on logarithms of weights, at one exponential per point and
 * release.
 */
final class DualAscent {

    private static final int SWEEPS_PER_CHECK = 4;

    private final Points points;
    private final CellDuals[] releases;
    private final TotalDuals totals;
    private final double[] weights;
    private final double[] exponents;
    private final Tolerance tolerance;

    /**
     * Starts from the duals of the previous fit, or from zero if the dual objective is higher there, that is, if the
     * objective at those duals is below 0. Duals of the previous fit can do more harm than good: another pool may have
     * few points in cells that had many, or the reverse, and a pool drawn from the estimate already carries it. With
     * free scales the objectives at two starts are not comparable.
     */
    static DualAscent of(Points points, List<ReleasedCounts> releases, Duals start, Tolerance tolerance) {
        DualAscent warm = new DualAscent(points, releases, start, tolerance);
        if (start.isNone() || releases.stream().anyMatch(release -> release.scale() == ReleasedCounts.Scale.FREE)) {
            return warm;
        }
        if (warm.value() >= 0) {
            return warm;
        }
        Duals none = Duals.of(List.of(), new double[points.labels()], start.sums());
        return new DualAscent(points, releases, none, tolerance);
    }

    private DualAscent(Points points, List<ReleasedCounts> releases, Duals start, Tolerance tolerance) {
        List<double[]> values = start.releases();
        if (values.size() > releases.size() || (!start.isNone() && start.totals().length != points.labels())) {
            throw new IllegalArgumentException("the fit starts from " + values.size() + " releases of "
                    + start.totals().length + " labels, but explains " + releases.size() + " of " + points.labels());
        }
        this.points = points;
        this.tolerance = tolerance;
        this.weights = new double[points.size()];
        this.exponents = new double[points.size()];
        double[] possible = new double[points.size()];
        for (int i = 0; i < possible.length; i++) {
            boolean none = points.total(points.label(i)).equals(new Total.Known(0));
            possible[i] = none || points.prior(i) == 0 ? 0 : 1;
        }
        double expected = expectedSum();
        this.releases = new CellDuals[releases.size()];
        for (int r = 0; r < this.releases.length; r++) {
            double[] first = r < values.size() ? values.get(r) : new double[0];
            int cells = releases.get(r).partition().cells();
            if (r < values.size() && first.length != cells) {
                throw new IllegalArgumentException(
                        "the fit starts from " + first.length + " cells of release " + r + ", which has " + cells);
            }
            this.releases[r] = new CellDuals(releases.get(r), possible, expected, tolerance.distance(), first);
        }
        this.totals = new TotalDuals(
                points, start.isNone() ? new double[points.labels()] : start.totals(), tolerance.distance());
        double[] sums = start.isNone() ? coldSums() : start.sums();
        weigh(sums);
    }

    private double expectedSum() {
        double expected = 0;
        for (int label = 0; label < points.labels(); label++) {
            if (points.total(label) instanceof Total.Known known) {
                expected += known.sum();
            } else if (points.total(label) instanceof Total.Noisy noisy) {
                expected += Math.max(0, noisy.sum());
            }
        }
        return expected;
    }

    /** The dual objective at the start, given the sums; 0 if all duals are 0. */
    private double value() {
        double value = totals.value(weights);
        for (CellDuals cells : releases) {
            value += cells.value();
        }
        return value;
    }

    Estimate run() {
        int sweeps = 0;
        while (true) {
            boolean scalesFit = fitScales();
            double gap = totals.gap(weights);
            for (CellDuals cells : releases) {
                gap += cells.gap();
            }
            double drift = totals.drift(weights);
            double sum = Arrays.stream(weights).sum();
            boolean converged = scalesFit
                    && Estimate.distanceBound(gap, sum) <= tolerance.distance()
                    && drift <= tolerance.distance() * Math.max(1, sum);
            if (converged || sweeps >= tolerance.sweeps()) {
                return estimate(gap, drift, sweeps, converged);
            }
            int batch = Math.min(SWEEPS_PER_CHECK, tolerance.sweeps() - sweeps);
            ascend(batch);
            sweeps += batch;
            weigh(null);
        }
    }

    /**
     * Works on weights as long as they stay in the range of a double, and on their logarithms from the first step on
     * where they might not.
     */
    private void ascend(int sweeps) {
        double[] logs = null;
        for (int n = 0; n < sweeps; n++) {
            for (CellDuals cells : releases) {
                if (logs == null && !cells.ascend(weights)) {
                    logs = logs();
                }
                if (logs != null) {
                    cells.ascendLogs(logs);
                }
            }
            if (logs == null && !totals.ascend(weights)) {
                logs = logs();
            }
            if (logs != null) {
                totals.ascendLogs(logs);
            }
        }
    }

    private double[] logs() {
        addUpExponents();
        return totals.logs(exponents);
    }

    /** Computes the weights from the duals. */
    private void weigh(double[] sums) {
        addUpExponents();
        totals.weigh(exponents, sums, weights);
    }

    private void addUpExponents() {
        Arrays.fill(exponents, 0);
        for (CellDuals cells : releases) {
            cells.addExponents(exponents);
        }
    }

    /** Predicts all releases and fits their scales. Returns whether weights, duals and scales are consistent. */
    private boolean fitScales() {
        boolean silenced = false;
        for (CellDuals cells : releases) {
            cells.predict(weights);
            silenced |= cells.scaleIsFree() && cells.fitScale();
        }
        if (silenced) {
            weigh(null);
            for (CellDuals cells : releases) {
                cells.predict(weights);
            }
        }
        return !silenced;
    }

    /**
     * The sum of each label's weights to start with: the released total if it is noisy, otherwise the factor by which
     * the prior, scaled to sum 1 per label, fits the counts best. At least 1.
     */
    private double[] coldSums() {
        double[] sums = new double[points.labels()];
        Arrays.fill(sums, 1);
        totals.weigh(exponents, sums, weights);
        double product = 0;
        double square = 0;
        for (CellDuals cells : releases) {
            if (!cells.scaleIsFree()) {
                cells.predict(weights);
                product += cells.precisionOfCounts();
                square += cells.precisionOfPredictions();
            }
        }
        Arrays.fill(sums, square > 0 ? Math.max(1, product / square) : 1);
        for (int label = 0; label < sums.length; label++) {
            if (points.total(label) instanceof Total.Noisy noisy) {
                sums[label] = Math.max(1, noisy.sum());
            }
        }
        return sums;
    }

    private Estimate estimate(double gap, double drift, int sweeps, boolean converged) {
        List<double[]> values = new ArrayList<>(releases.length);
        double[] scales = new double[releases.length];
        double objective = totals.misfit(weights) + totals.divergence(weights);
        for (int r = 0; r < releases.length; r++) {
            values.add(releases[r].values());
            scales[r] = releases[r].rho();
            objective += releases[r].misfit();
        }
        Duals duals = Duals.of(values, totals.values(), points.sums(weights));
        return new Estimate(weights, duals, scales, objective, gap, drift, sweeps, converged);
    }
}

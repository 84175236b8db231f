package org.privateevolution.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ascent on the dual of one fit: the duals, and the weights that belong to them,
 *
 * <pre>
 *     w_i = prior_i exp(scale_l + nu_l + sum over r of (A_r' lambda_r)_i),    l the label of point i.
 * </pre>
 *
 * <p>Between two checks the weights are multiplied along with the duals, which takes no exponential a point; at each check
 * they are made anew from the duals, so that neither rounding nor underflow adds up.
 */
final class DualAscent {

    private static final int SWEEPS_PER_CHECK = 4;

    private final Points points;
    private final CellDuals[] releases;
    private final TotalDuals totals;
    private final double[] weights;
    private final double[] exponents;

    DualAscent(Points points, List<ReleasedCounts> releases, Duals start) {
        List<double[]> values = start.releases();
        if (values.size() > releases.size() || (!start.isNone() && start.totals().length != points.labels())) {
            throw new IllegalArgumentException("the fit starts from " + values.size() + " releases of "
                    + start.totals().length + " labels, but explains " + releases.size() + " of " + points.labels());
        }
        this.points = points;
        this.weights = new double[points.size()];
        this.exponents = new double[points.size()];
        double[] possible = new double[points.size()];
        for (int i = 0; i < possible.length; i++) {
            boolean none = points.total(points.label(i)).equals(new Total.Known(0));
            possible[i] = none || points.prior(i) == 0 ? 0 : 1;
        }
        this.releases = new CellDuals[releases.size()];
        for (int r = 0; r < this.releases.length; r++) {
            double[] first = r < values.size() ? values.get(r) : new double[0];
            int cells = releases.get(r).partition().cells();
            if (r < values.size() && first.length != cells) {
                throw new IllegalArgumentException(
                        "the fit starts from " + first.length + " cells of release " + r + ", which has " + cells);
            }
            this.releases[r] = new CellDuals(releases.get(r), possible, first);
        }
        this.totals = new TotalDuals(points, start.isNone() ? new double[points.labels()] : start.totals());
        double[] sums = start.isNone() ? coldSums() : start.sums();
        weigh(sums);
    }

    Estimate run(Tolerance tolerance) {
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
            for (int n = 0; n < SWEEPS_PER_CHECK && sweeps < tolerance.sweeps(); n++, sweeps++) {
                for (CellDuals cells : releases) {
                    cells.ascend(weights);
                }
                totals.ascend(weights);
            }
            weigh(null);
        }
    }

    /** Weights from duals. */
    private void weigh(double[] sums) {
        Arrays.fill(exponents, 0);
        for (CellDuals cells : releases) {
            cells.addExponents(exponents);
        }
        totals.weigh(exponents, sums, weights);
    }

    /** Predicts all releases and fits their scales. Returns whether weights, duals and scales belong together. */
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

    /** The prior's share of each label times what the counts sum to by regression, or what is released of the total. */
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

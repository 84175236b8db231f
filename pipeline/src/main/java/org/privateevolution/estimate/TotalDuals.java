package org.privateevolution.estimate;

import java.util.Arrays;

/**
 * The factors that all weights of a label share: e^scale and e^nu. The first makes the prior weights sum to the assumed
 * total, and is a dual value if the total is known; nu is the dual value of a noisy total.
 */
final class TotalDuals {
    private static final Total NOTHING = new Total.Known(0);

    private final Points points;
    private final double[] logPrior;
    private final double[] logMass;
    private final double[] scale;
    private final double[] nu;
    /** The assumed variances of noisy totals. */
    private final double[] variances;

    TotalDuals(Points points, double[] nu, double distance) {
        this.points = points;
        this.nu = new double[nu.length];
        Arrays.setAll(this.nu, label -> Fineness.bounded(nu[label]));
        this.variances = new double[points.labels()];
        for (int label = 0; label < variances.length; label++) {
            if (points.total(label) instanceof Total.Noisy noisy) {
                variances[label] = Fineness.of(noisy, distance).variance(1);
            }
        }
        this.logPrior = new double[points.size()];
        double[] prior = new double[points.size()];
        for (int i = 0; i < prior.length; i++) {
            prior[i] = points.prior(i);
            logPrior[i] = Math.log(prior[i]);
        }
        this.logMass = points.sums(prior);
        this.scale = new double[points.labels()];
        for (int label = 0; label < scale.length; label++) {
            logMass[label] = Math.log(logMass[label]);
        }
    }

    double[] values() {
        return nu.clone();
    }

    /** Logarithm of the sum to which the prior weights of a label are scaled. */
    private double logPriorSum(int label) {
        return logMass[label] + scale[label];
    }

    /** KL(w || prior), with the prior of each label scaled to the sum of its weights. */
    double divergence(double[] weights) {
        double[] sums = points.sums(weights);
        double divergence = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                int label = points.label(i);
                divergence += weights[i] * (Math.log(weights[i] / sums[label]) - logPrior[i] + logMass[label]);
            }
        }
        return divergence;
    }

    /**
     * Computes the weights from the exponents that the duals of cells give to points. Known totals are met exactly.
     *
     * @param sums the sum of each label's weights to meet, or null
     */
    void weigh(double[] exponents, double[] sums, double[] weights) {
        // Computed relative to the label's heaviest point, term by term: very large exponents would otherwise swallow
        // the prior.
        int[] heaviest = new int[scale.length];
        Arrays.fill(heaviest, -1);
        for (int i = 0; i < exponents.length; i++) {
            int top = heaviest[points.label(i)];
            if (points.prior(i) > 0 && (top < 0 || exponents[i] - exponents[top] + logPrior[i] - logPrior[top] > 0)) {
                heaviest[points.label(i)] = i;
            }
        }
        for (int i = 0; i < exponents.length; i++) {
            int top = heaviest[points.label(i)];
            weights[i] =
                    points.prior(i) > 0 ? Math.exp(exponents[i] - exponents[top] + (logPrior[i] - logPrior[top])) : 0;
        }
        double[] factors = points.sums(weights);
        for (int label = 0; label < scale.length; label++) {
            double target = points.total(label) instanceof Total.Known known
                    ? known.sum()
                    : sums == null ? Double.NaN : Math.max(sums[label], Fineness.LEAST_SUM);
            if (target == 0) {
                factors[label] = 0;
                continue;
            }
            double top = exponents[heaviest[label]] + logPrior[heaviest[label]];
            if (!Double.isNaN(target)) {
                scale[label] = Math.log(target / factors[label]) - top - nu[label];
                factors[label] = target / factors[label];
            } else {
                double logFactor = top + nu[label] + scale[label];
                double excess = Math.max(0, logFactor + Math.log(factors[label]) - Fineness.LOG_GREATEST_SUM);
                scale[label] -= excess;
                factors[label] = Math.exp(logFactor - excess);
            }
        }
        points.multiply(weights, factors);
    }

    /**
     * Computes logarithms of the weights, whose sums are set, from the exponents that the duals of cells give to
     * points.
     */
    double[] logs(double[] exponents) {
        double[] logs = new double[exponents.length];
        for (int i = 0; i < logs.length; i++) {
            int label = points.label(i);
            boolean none = points.total(label).equals(NOTHING);
            logs[i] = none ? Double.NEGATIVE_INFINITY : exponents[i] + logPrior[i] + scale[label] + nu[label];
        }
        return logs;
    }

    /**
     * The contribution of exponents and totals to the dual objective, if the sums are those given to {@link #weigh}.
     */
    double value(double[] weights) {
        double[] sums = points.sums(weights);
        double value = 0;
        for (int label = 0; label < sums.length; label++) {
            value += sums[label] == 0
                    ? 0
                    : sums[label] * (logMass[label] + scale[label] + nu[label] - Math.log(sums[label]));
        }
        return value;
    }

    /**
     * Takes the step of each noisy total, then scales the weights to the known sum, or to the prior's sum if none is
     * known.
     *
     * @return false, with nothing changed, if weights might leave the range of a double
     */
    boolean ascend(double[] weights) {
        double[] sums = points.sums(weights);
        double[] logSums = new double[sums.length];
        for (int label = 0; label < sums.length; label++) {
            logSums[label] = Math.log(sums[label]);
            if (!(sums[label] >= Fineness.LEAST_SUM) && !points.total(label).equals(NOTHING)) {
                return false;
            }
        }
        double[] steps = new double[sums.length];
        double[] shifts = new double[sums.length];
        for (int label = 0; label < sums.length; label++) {
            steps[label] = step(label, logSums[label]);
            shifts[label] = shift(label, logSums[label] + steps[label]);
            if (!(Math.abs(steps[label] + shifts[label]) <= Fineness.GREATEST_STEP)) {
                return false;
            }
        }
        for (int label = 0; label < sums.length; label++) {
            nu[label] += steps[label];
            scale[label] += shifts[label];
            sums[label] = Math.exp(steps[label] + shifts[label]);
        }
        points.multiply(weights, sums);
        return true;
    }

    /** The same step on logarithms of weights, whose range is not limited. */
    void ascendLogs(double[] logs) {
        double[] logSums = points.logSums(logs);
        double[] added = new double[logSums.length];
        for (int label = 0; label < added.length; label++) {
            double step = step(label, logSums[label]);
            double shift = shift(label, logSums[label] + step);
            nu[label] += step;
            scale[label] += shift;
            added[label] = step + shift;
        }
        for (int i = 0; i < logs.length; i++) {
            logs[i] += added[points.label(i)];
        }
    }

    private double step(int label, double logSum) {
        if (!(points.total(label) instanceof Total.Noisy noisy)) {
            return 0;
        }
        double variance = variances[label];
        double step = DualStep.ofLogarithm(logSum, noisy.sum() - variance * nu[label], variance);
        return Fineness.bounded(nu[label] + step) - nu[label];
    }

    private double shift(int label, double logSum) {
        if (points.total(label) instanceof Total.Known known) {
            return known.sum() == 0 ? 0 : Math.log(known.sum()) - logSum;
        }
        double shift = Math.max(logSum, Fineness.LOG_LEAST_SUM) - logPriorSum(label);
        return Math.min(shift, Fineness.LOG_GREATEST_SUM - logSum);
    }

    /** The noisy totals' part of the duality gap. */
    double gap(double[] weights) {
        double[] sums = points.sums(weights);
        double gap = 0;
        for (int label = 0; label < sums.length; label++) {
            if (points.total(label) instanceof Total.Noisy noisy) {
                double gradient = noisy.sum() - sums[label] - variances[label] * nu[label];
                gap += gradient / variances[label] * gradient / 2;
            }
        }
        return gap;
    }

    /** The noisy totals' part of the objective. */
    double misfit(double[] weights) {
        double[] sums = points.sums(weights);
        double misfit = 0;
        for (int label = 0; label < sums.length; label++) {
            if (points.total(label) instanceof Total.Noisy noisy) {
                double deviation = noisy.sum() - sums[label];
                misfit += deviation / variances[label] * deviation / 2;
            }
        }
        return misfit;
    }

    /**
     * The greatest difference, over labels whose sum is not known, between the sum of weights and that of prior
     * weights.
     */
    double drift(double[] weights) {
        double[] sums = points.sums(weights);
        double drift = 0;
        for (int label = 0; label < sums.length; label++) {
            if (!(points.total(label) instanceof Total.Known)) {
                drift = Math.max(drift, Math.abs(sums[label] - Math.exp(logPriorSum(label))));
            }
        }
        return drift;
    }
}

package org.privateevolution.estimate;

import java.util.Arrays;

/**
 * The factors that all weights of a label share: e^scale, which makes the prior weights sum to what the total is taken to be
 * (a dual value where the total is known), and e^nu, nu the dual value of a noisy total.
 */
final class TotalDuals {
    private final Points points;
    private final double[] logPrior;
    private final double[] logMass;
    private final double[] scale;
    private final double[] nu;

    TotalDuals(Points points, double[] nu) {
        this.points = points;
        this.nu = nu;
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

    /** Log of the sum that the prior weights of a label are scaled to. */
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
     * Weights from the exponents that the duals of cells give to points. Known totals are met exactly.
     *
     * @param sums to be met by all labels, or null
     */
    void weigh(double[] exponents, double[] sums, double[] weights) {
        // Taken relative to the label's heaviest point, part by part: exponents may be so large that they would swallow
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
                    : sums == null ? Double.NaN : Math.max(sums[label], DualStep.LEAST_SUM);
            if (target == 0) {
                factors[label] = 0;
                continue;
            }
            double top = exponents[heaviest[label]] + logPrior[heaviest[label]];
            if (!Double.isNaN(target)) {
                scale[label] = Math.log(target / factors[label]) - top - nu[label];
                factors[label] = target / factors[label];
            } else {
                factors[label] = Math.exp(top + nu[label] + scale[label]);
            }
        }
        points.multiply(weights, factors);
    }

    /** The step of a noisy total; then the known sum, or the prior's sum where none is known. */
    void ascend(double[] weights) {
        double[] factors = points.sums(weights);
        for (int label = 0; label < factors.length; label++) {
            double sum = Math.max(factors[label], DualStep.LEAST_SUM);
            if (points.total(label) instanceof Total.Known known) {
                factors[label] = known.sum() / sum;
                scale[label] += known.sum() == 0 ? 0 : Math.log(factors[label]);
                continue;
            }
            double step = 0;
            if (points.total(label) instanceof Total.Noisy noisy) {
                double variance = noisy.sigma() * noisy.sigma();
                step = DualStep.of(sum, noisy.sum() - variance * nu[label], variance);
                nu[label] += step;
            }
            double shift = Math.min(Math.log(sum) + step - logPriorSum(label), DualStep.GREATEST);
            scale[label] += shift;
            factors[label] = Math.exp(step + shift);
        }
        points.multiply(weights, factors);
    }

    /** The noisy totals' part of the duality gap. */
    double gap(double[] weights) {
        double[] sums = points.sums(weights);
        double gap = 0;
        for (int label = 0; label < sums.length; label++) {
            if (points.total(label) instanceof Total.Noisy noisy) {
                double gradient = (noisy.sum() - sums[label]) / noisy.sigma() - noisy.sigma() * nu[label];
                gap += gradient * gradient / 2;
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
                double deviation = (noisy.sum() - sums[label]) / noisy.sigma();
                misfit += deviation * deviation / 2;
            }
        }
        return misfit;
    }

    /** The greatest difference between a sum of weights that is not known and that of the prior weights. */
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

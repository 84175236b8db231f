package org.privateevolution.estimate;

import java.util.Arrays;

/**
 * The factors that all weights of a label share: e^scale, which makes the prior weights sum to what the total is taken to be
 * (a dual value where the total is known), and e^nu, nu the dual value of a noisy total.
 */
final class TotalDuals {
    private final Points points;
    private final double[] logMass;
    private final double[] scale;
    private final double[] nu;

    TotalDuals(Points points, double[] nu) {
        this.points = points;
        this.nu = nu;
        double[] prior = new double[points.size()];
        for (int i = 0; i < prior.length; i++) {
            prior[i] = points.prior(i);
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

    double logMass(int label) {
        return logMass[label];
    }

    /**
     * Turns logs of weights without the factors of labels into weights. Known totals are met exactly.
     *
     * @param sums to be met by all labels, or null
     */
    void weigh(double[] logs, double[] sums, double[] weights) {
        double[] greatest = new double[scale.length];
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < logs.length; i++) {
            greatest[points.label(i)] = Math.max(greatest[points.label(i)], logs[i]);
        }
        for (int i = 0; i < logs.length; i++) {
            weights[i] = logs[i] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(logs[i] - greatest[points.label(i)]);
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
            if (!Double.isNaN(target)) {
                scale[label] = Math.log(target / factors[label]) - greatest[label] - nu[label];
            }
            factors[label] = Math.exp(greatest[label] + nu[label] + scale[label]);
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

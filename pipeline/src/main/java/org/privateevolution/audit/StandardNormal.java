package org.privateevolution.audit;

import org.apache.commons.math3.distribution.NormalDistribution;

/** The standard normal distribution. */
final class StandardNormal {

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private StandardNormal() {}

    /** The probability of a number greater than {@code z}. */
    static double above(double z) {
        return NORMAL.cumulativeProbability(-z);
    }

    /** The probability of a number at least as far from 0 as {@code z}. */
    static double twoSided(double z) {
        return 2 * above(Math.abs(z));
    }

    /** The number that is exceeded with probability {@code 1 - probability}. */
    static double quantile(double probability) {
        return NORMAL.inverseCumulativeProbability(probability);
    }
}

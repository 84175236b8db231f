package org.privateevolution.audit;

import org.apache.commons.math3.special.Gamma;

/** The chi-square distribution, for tests of a known variance. */
final class ChiSquare {

    private ChiSquare() {}

    /**
     * The two-sided probability of a sum of squares at least as far from its expectation: twice the probability on its
     * own side.
     *
     * @param sum of the squares of {@code degrees} independent standard normal numbers
     * @param degrees at least 1
     */
    static double twoSided(double sum, long degrees) {
        double below = Gamma.regularizedGammaP(degrees / 2.0, sum / 2);
        double above = Gamma.regularizedGammaQ(degrees / 2.0, sum / 2);
        return Math.min(1, 2 * Math.min(below, above));
    }
}

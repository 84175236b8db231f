package org.privateevolution.audit;

import org.apache.commons.math3.special.Gamma;

/** The chi-square distribution, for tests of a variance that is known. */
final class ChiSquare {

    private ChiSquare() {}

    /**
     * The probability of a sum of squares that is as far from what is expected, on either side: twice that of its
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

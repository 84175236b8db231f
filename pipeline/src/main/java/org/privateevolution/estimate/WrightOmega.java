package org.privateevolution.estimate;

/**
 * The Wright omega function on the real line: the w &gt; 0 with w + log w = z. It equals Lambert's W of e^z but does
 * not overflow.
 */
final class WrightOmega {

    /** Below this value, omega(z) = e^z to double precision. */
    private static final double EXPONENTIAL_BELOW = -38;

    /** Above this value, the first terms of the expansion at infinity are exact, and squares might overflow. */
    private static final double ASYMPTOTIC_ABOVE = 1e8;

    private WrightOmega() {}

    /**
     * Computes omega to a few units in the last place: two steps of the quartically convergent iteration of Fritsch,
     * Shafer and Crowley (Algorithm 443, 1973) as in Lawrence, Corless and Jeffrey (Algorithm 917, 2012).
     */
    static double of(double z) {
        if (z < EXPONENTIAL_BELOW) {
            return Math.exp(z);
        }
        double w = start(z);
        if (z > ASYMPTOTIC_ABOVE) {
            return w;
        }
        w = improved(z, w);
        return improved(z, w);
    }

    private static double start(double z) {
        if (z < -2) {
            double e = Math.exp(z);
            return e * (1 - e);
        }
        if (z < 3) {
            // Taylor series at z = 1, where omega is 1.
            double d = z - 1;
            return 1 + d * (1.0 / 2 + d * (1.0 / 16 + d * (-1.0 / 192 - d / 3072)));
        }
        double log = Math.log(z);
        return z - log + log / z;
    }

    private static double improved(double z, double w) {
        double residual = z - w - Math.log(w);
        double next = 1 + w;
        double twice = 2 * next * (next + 2 * residual / 3);
        return w * (1 + residual / next * (twice - residual) / (twice - 2 * residual));
    }
}

package org.privateevolution.privacy;

/**
 * Computes the exact privacy of composed Gaussian releases (Balle and Wang 2018, theorem 8; Dong, Roth and Su 2022,
 * corollary 3.3). With {@code mu^2} the sum over the releases of {@code (sensitivity / sigma)^2},
 *
 * <pre>delta(epsilon) = Phi(-epsilon/mu + mu/2) - e^epsilon * Phi(-epsilon/mu - mu/2).</pre>
 *
 * <p>Evaluated directly, this difference cancels and overflows long before the result does. It is therefore computed as
 * the integral that it equals: with {@code a = epsilon/mu - mu/2} and phi the normal density,
 *
 * <pre>delta = phi(a) * integral over t > 0 of exp(-a t - t^2/2) * (1 - exp(-mu t)).</pre>
 *
 * <p>The integrand is positive and is evaluated in logarithms, so the relative accuracy is about 1e-13 over the whole
 * range. Every result is rounded outward: a returned delta or epsilon is never below the true one, a returned mu never
 * above it.
 */
public final class GaussianAccounting {
    /** Bound on the relative error of {@link #logIntegral}, from rounding and quadrature together. */
    private static final double RELATIVE_ERROR = 1e-13;

    /** A few units in the last place: the error of a sum of rounded terms, relative to the largest term. */
    private static final double ROUNDING = 0x1p-50;

    private static final double LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /**
     * Step of the trapezoidal rule in log t. The integrand is analytic and decays for |Im log t| below pi/4, so the
     * rule's error is about exp(-2 pi (pi/4) / STEP) = 4e-22.
     */
    private static final double STEP = 0.1;

    /** The starting point of the sum in log t: beyond it the integrand is below exp(-exp(4)) = 2e-24 of its peak. */
    private static final double LARGEST_LOG = 4;

    /** Enough steps down from {@link #LARGEST_LOG} to reach log t = -50; the sum stops earlier when it can. */
    private static final double[] ABSCISSAE = abscissae(540);

    private GaussianAccounting() {}

    /**
     * The smallest delta for which the releases are (epsilon, delta)-differentially private.
     *
     * @param epsilon any number; below 0 it is the hockey-stick divergence of order {@code e^epsilon}
     * @param mu 0 or more
     * @return 0 to 1, rounded up
     */
    public static double delta(double epsilon, double mu) {
        if (Double.isNaN(epsilon)) {
            throw new IllegalArgumentException("epsilon is NaN");
        }
        requireMu(mu);
        if (mu == 0) {
            return epsilon >= 0 ? 0 : Math.min(1, Math.nextUp(-Math.expm1(epsilon)));
        }
        // exp is exact to one unit in the last place; a true delta is never 0.
        return Math.min(1, Math.nextUp(Math.nextUp(Math.exp(logDelta(epsilon, mu)))));
    }

    /**
     * The smallest epsilon for which the releases are (epsilon, delta)-differentially private.
     *
     * @param mu 0 or more
     * @param delta greater than 0, less than 1
     * @return 0 or more, rounded up; infinite if it exceeds the largest double
     */
    public static double epsilon(double mu, double delta) {
        requireMu(mu);
        double logTarget = logOf(delta);
        if (mu == 0 || logDelta(0, mu) <= logTarget) {
            return 0;
        }
        // Phi(-z) <= exp(-z^2 / 2) bounds the first term of delta, so the answer lies below mu z + mu^2 / 2.
        double high = mu * (mu / 2 + Math.sqrt(-2 * logTarget));
        while (high < Double.POSITIVE_INFINITY && logDelta(high, mu) > logTarget) {
            high *= 2;
        }
        if (high == Double.POSITIVE_INFINITY) {
            return high;
        }
        double low = 0;
        while (high - low > Math.max(ROUNDING * high, Double.MIN_NORMAL)) {
            double middle = low + (high - low) / 2;
            if (logDelta(middle, mu) <= logTarget) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /**
     * The largest mu whose releases are (epsilon, delta)-differentially private. One release of sensitivity s needs the
     * noise {@code sigma = s / mu}, T of them {@code sigma = s * sqrt(T) / mu}.
     *
     * @param epsilon finite, 0 or more
     * @param delta greater than 0, less than 1
     * @return greater than 0, rounded down
     */
    public static double mu(double epsilon, double delta) {
        if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + ": give a finite number, 0 or more");
        }
        double logTarget = logOf(delta);
        double low = 1;
        while (logDelta(epsilon, low) > logTarget) {
            low /= 2;
        }
        double high = 2 * low;
        while (logDelta(epsilon, high) <= logTarget) {
            low = high;
            high *= 2;
        }
        while (high - low > ROUNDING * high) {
            double middle = low + (high - low) / 2;
            if (logDelta(epsilon, middle) <= logTarget) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** An upper bound on log(delta), for mu above 0; minus infinity where the true value is below -1e308. */
    private static double logDelta(double epsilon, double mu) {
        if (mu == Double.POSITIVE_INFINITY) {
            return 0;
        }
        if (epsilon < 0) {
            // The roles of the two data sets swap: delta(epsilon) = 1 - e^epsilon + e^epsilon * delta(-epsilon).
            double delta = -Math.expm1(epsilon) + Math.exp(epsilon + logDelta(-epsilon, mu));
            return Math.min(0, Math.log(delta) + RELATIVE_ERROR);
        }
        double ratio = epsilon / mu;
        // delta decreases in a, so the rounding error of a is taken downward.
        double a = ratio - mu / 2 - ROUNDING * Math.max(ratio, mu / 2);
        double logPhi = -a * a / 2 - LOG_SQRT_TWO_PI;
        if (a < -1) {
            // 1 - delta = Phi(a) + e^epsilon Phi(-b) = phi(a) * (Mills(-a) + Mills(b)), less than 0.32 as b > -a > 1.
            double b = a + mu;
            double rest = Math.exp(logPhi + logIntegral(-a, Double.POSITIVE_INFINITY))
                    + Math.exp(logPhi + logIntegral(b, Double.POSITIVE_INFINITY));
            double error = RELATIVE_ERROR + ROUNDING * (a * a / 2);
            return Math.min(0, Math.log1p(-rest * Math.max(0, 1 - error)) * (1 - ROUNDING));
        }
        if (logPhi == Double.NEGATIVE_INFINITY) {
            return logPhi;
        }
        double logIntegral = logIntegral(a, mu);
        double error = RELATIVE_ERROR + ROUNDING * (a * a / 2 + Math.abs(logIntegral));
        return Math.min(0, logPhi + logIntegral + error);
    }

    /**
     * Log of the integral over t > 0 of {@code exp(-a t - t^2/2) * (1 - exp(-mu t))}, by the trapezoidal rule in log t.
     * At infinite mu it is Mills' ratio {@code Phi(-a) / phi(a)}.
     *
     * @param a at least about -1
     */
    private static double logIntegral(double a, double mu) {
        double scale = 1 / (1 + Math.max(a, 0));
        double sum = 0;
        for (double abscissa : ABSCISSAE) {
            double t = scale * abscissa;
            double term = abscissa * Math.exp(-t * (a + t / 2)) * -Math.expm1(-mu * t);
            sum += term;
            // From here down each term is smaller than the last by at least exp(-STEP), so the remainder is below 11
            // terms.
            if (abscissa < 0.1 && term < 1e-17 * sum) {
                break;
            }
        }
        return Math.log(sum * STEP) + Math.log(scale);
    }

    private static double[] abscissae(int count) {
        double[] abscissae = new double[count];
        for (int i = 0; i < count; i++) {
            abscissae[i] = Math.exp(LARGEST_LOG - STEP * i);
        }
        return abscissae;
    }

    private static void requireMu(double mu) {
        if (!(mu >= 0)) {
            throw new IllegalArgumentException("mu is " + mu + ": give 0 or more");
        }
    }

    private static double logOf(double delta) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta is " + delta + ": give more than 0 and less than 1");
        }
        // Rounded down by more than delta() rounds up.
        return Math.log(delta) * (1 + ROUNDING) - ROUNDING;
    }
}

package org.privateevolution.estimate;

/** Computes the exact step in one dual value. */
final class DualStep {

    /** Up to this Newton step, one step of third order is exact to a millionth of itself and needs no logarithm. */
    private static final double SMALL = 0.02;

    private static final double LARGE_LOGARITHM = 600;

    private DualStep() {}

    /**
     * The step t that maximises {@code rest t - kappa t^2 / 2 - sum e^t}, that is, the root of
     * {@code sum e^t + kappa t = rest}. With {@code sum e^t = kappa w}, this is
     * {@code w + log w = rest / kappa + log(sum / kappa)}.
     *
     * @param sum of the weights that grow with e^t, above 0
     * @param rest the count less variance times dual value
     * @param kappa above 0
     */
    static double of(double sum, double rest, double kappa) {
        double slope = sum + kappa;
        double newton = (rest - sum) / slope;
        if (Math.abs(newton) <= SMALL) {
            // Householder's method of order 3 from 0, where the second and third derivatives both are the sum.
            double curved = newton * sum / slope;
            return newton * (1 + curved / 2) / (1 + curved + newton * curved / 6);
        }
        return root(Math.log(sum), rest, kappa);
    }

    /** The same step, given the logarithm of the sum; the sum itself may overflow or underflow. */
    static double ofLogarithm(double logSum, double rest, double kappa) {
        return Math.abs(logSum) < LARGE_LOGARITHM ? of(Math.exp(logSum), rest, kappa) : root(logSum, rest, kappa);
    }

    private static double root(double logSum, double rest, double kappa) {
        double filled = logSum - Math.log(kappa);
        double ratio = rest / kappa;
        double omega = WrightOmega.of(ratio + filled);
        // Both expressions equal t; each is exact where the other one cancels.
        return omega > 1 ? Math.log(omega) - filled : ratio - omega;
    }
}

package org.privateevolution.estimate;

/** The exact step in one dual value. */
final class DualStep {

    /** A cell with points counts as at least this full, so that it can be filled again where weights have underflowed. */
    static final double LEAST_SUM = 1e-290;
    /** Steps stay below, so that they overflow no weight; one that is cut short still ascends. */
    static final double GREATEST = 600;

    /** Up to this Newton step, one step of third order is exact to a millionth of itself, and takes no logarithm. */
    private static final double SMALL = 0.02;

    private DualStep() {}

    /**
     * The step t that maximises {@code rest t - kappa t^2 / 2 - sum e^t}, that is, the root of {@code sum e^t + kappa t =
     * rest}. With {@code sum e^t = kappa w}, this is {@code w + log w = rest / kappa + log(sum / kappa)}.
     *
     * @param sum of the weights that grow with e^t, at least 0
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
        double filled = Math.log(Math.max(sum, LEAST_SUM) / kappa);
        double ratio = rest / kappa;
        double omega = WrightOmega.of(ratio + filled);
        // Both are t; each is exact where the other one cancels.
        return Math.min(omega > 1 ? Math.log(omega) - filled : ratio - omega, GREATEST);
    }
}

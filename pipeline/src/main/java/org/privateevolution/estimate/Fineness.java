package org.privateevolution.estimate;

/**
 * The noise variance that a fit assumes for a release. If sigma is tiny compared with the counts, then counts that
 * contradict each other, or that no weighting of the pool can reach, pull duals to (count - prediction) / sigma^2. This
 * value takes as many sweeps as it has units, and more digits than a double holds. The variance is therefore taken to
 * be at least
 *
 * <ul>
 *   <li>half the tolerated distance times the mean count, negative counts as 0. A cell then differs from its count by
 *       half the distance times its dual value. Where the counts can be met, dual values are logarithms of ratios, so
 *       this share of the count is within the tolerance. Two counts that contradict each other settle within about
 *       1/distance sweeps. If sigma is not below sqrt(distance/2) times the Poisson noise of a mean count, this bound
 *       has no effect;
 *   <li>a 10^10th of the greatest count or prediction, so that no dual value exceeds 10^10 and exponents of weights
 *       keep six decimals.
 * </ul>
 */
final class Fineness {

    /** Below this sum, a cell or label is computed with the logarithm of its weight. */
    static final double LEAST_SUM = 1e-250;

    static final double LOG_LEAST_SUM = Math.log(LEAST_SUM);
    /** No sum of weights exceeds this bound. */
    static final double LOG_GREATEST_SUM = Math.log(Total.GREATEST);

    /** The greatest exponent that weights are multiplied by directly; larger ones are applied to their logarithms. */
    static final double GREATEST_STEP = 30;

    private static final double GREATEST_DUAL = 1e10;

    private final double sigmaSquared;
    private final double leastPerScale;
    private final double greatest;

    private Fineness(double sigma, double meanCount, double greatestCount, double greatest, double distance) {
        this.sigmaSquared = sigma * sigma;
        this.leastPerScale = Math.max(distance / 2 * meanCount, greatestCount / GREATEST_DUAL);
        this.greatest = greatest / GREATEST_DUAL;
    }

    /**
     * The assumed variance of a release.
     *
     * @param greatest the greatest prediction to expect for a cell
     * @param distance the tolerated total variation distance
     */
    static Fineness of(ReleasedCounts release, double greatest, double distance) {
        int cells = release.partition().cells();
        double mean = 0;
        double greatestCount = 0;
        for (int cell = 0; cell < cells; cell++) {
            mean += Math.max(0, release.count(cell)) / cells;
            greatestCount = Math.max(greatestCount, Math.abs(release.count(cell)));
        }
        return new Fineness(release.sigma(), mean, greatestCount, greatest, distance);
    }

    /** The assumed variance of a noisy total. */
    static Fineness of(Total.Noisy total, double distance) {
        double count = Math.abs(total.sum());
        return new Fineness(total.sigma(), Math.max(0, total.sum()), count, count, distance);
    }

    /**
     * Variance of the counts.
     *
     * @param rho votes per unit of weight
     */
    double variance(double rho) {
        return Math.max(sigmaSquared, rho * Math.max(leastPerScale, rho * greatest));
    }

    static double bounded(double dual) {
        return Math.max(-GREATEST_DUAL, Math.min(GREATEST_DUAL, dual));
    }
}

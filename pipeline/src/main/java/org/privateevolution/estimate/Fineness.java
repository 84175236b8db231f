package org.privateevolution.estimate;

/**
 * The variance that a fit takes a release to have. A sigma that is tiny beside the counts makes contradictory counts, and those
 * that no weighting of the pool reaches, pull duals to (count - prediction) / sigma^2, which takes as many sweeps as that has
 * units, and more digits than a double holds. So the variance is taken to be at least
 *
 * <ul>
 *   <li>half the tolerated distance times the mean count, negative ones as 0: a cell then differs from its count by half the
 *       distance times its dual value, a share of the count that lies within the tolerance where counts can be met, as dual
 *       values are then logarithms of ratios; and two counts that contradict each other settle within about 1/distance sweeps.
 *       Where sigma is not below sqrt(distance/2) times the Poisson noise of a mean count, this changes nothing;
 *   <li>a 10^10th of the greatest count or prediction, so that no dual value exceeds 10^10 and exponents of weights keep six
 *       decimals.
 * </ul>
 */
final class Fineness {

    /** The weight of a cell or label below which it is reckoned by its logarithm. */
    static final double LEAST_SUM = 1e-250;

    static final double LOG_LEAST_SUM = Math.log(LEAST_SUM);
    /** No weights sum to more. */
    static final double LOG_GREATEST_SUM = Math.log(Total.GREATEST);

    /** The greatest exponent that weights are multiplied with before they are reckoned by logarithms. */
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
     * @param greatest prediction to be expected of a cell
     * @param distance that is tolerated
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

    /** Of a noisy total. */
    static Fineness of(Total.Noisy total, double distance) {
        double count = Math.abs(total.sum());
        return new Fineness(total.sigma(), Math.max(0, total.sum()), count, count, distance);
    }

    /**
     * Variance of the counts.
     *
     * @param rho votes for one unit of weight
     */
    double variance(double rho) {
        return Math.max(sigmaSquared, rho * Math.max(leastPerScale, rho * greatest));
    }

    static double bounded(double dual) {
        return Math.max(-GREATEST_DUAL, Math.min(GREATEST_DUAL, dual));
    }
}

package org.privateevolution.estimate;

/**
 * How well an estimate predicts a release that it has not seen: the log likelihood, in nats, of the noisy counts under
 *
 * <pre>
 *     count of a cell ~ N(prediction, sigma^2 + variance),
 * </pre>
 *
 * the variance being the prediction's own as a number of records (Poisson). Scored before the release is folded in, a run's
 * releases are a fair test of the estimates made from those before (the prequential principle, Dawid 1984), and cost no
 * privacy: what is compared, or summed over a run, is released already. Of two ways to make an estimate, the one with the
 * greater sum predicts better; a difference of some tens of nats is clear.
 *
 * @param cells number of cells
 * @param estimate log likelihood of the counts by the estimate
 * @param prior the same by the baseline, usually the prior weights
 * @param saturated the same by the prediction, at least 0, that suits each count best; no estimate reaches it, for it predicts
 *     the noise as well
 */
public record PredictiveScore(int cells, double estimate, double prior, double saturated) {

    /**
     * Scores one release.
     *
     * @param estimate made without this release, over the same points
     * @param baseline weights to compare with, of the same points, on the same scale, like those of the prior scaled to
     *     the same total
     * @param release of either scale; a free one is fitted to each of both predictions first
     */
    public static PredictiveScore of(Estimate estimate, double[] baseline, ReleasedCounts release) {
        return of(estimate.weights(), baseline, release);
    }

    /**
     * The same of any weights that were made without this release, of its points.
     *
     * @param weights on the scale of the release, unless that is free
     */
    public static PredictiveScore of(double[] weights, double[] baseline, ReleasedCounts release) {
        double saturated = 0;
        double noise = release.sigma() * release.sigma();
        for (int cell = 0; cell < release.partition().cells(); cell++) {
            saturated += best(release.count(cell), noise);
        }
        return new PredictiveScore(
                release.partition().cells(),
                logLikelihood(weights, release),
                logLikelihood(baseline, release),
                saturated);
    }

    /** Nats a cell that the estimate is better than the baseline: 0 if it knows no more, below if it misleads. */
    public double gain() {
        return (estimate - prior) / cells;
    }

    /**
     * The gain as a share of the saturated prediction's: at most 1. Because that fits noise, the truth itself stays below 1, far
     * below where noise is large.
     */
    public double share() {
        return saturated == prior ? 0 : (estimate - prior) / (saturated - prior);
    }

    private static double logLikelihood(double[] weights, ReleasedCounts release) {
        double[] predicted = release.partition().sums(weights);
        double[] variances = release.partition().variances(weights);
        double rho = release.scale() == ReleasedCounts.Scale.FREE ? scale(predicted, release) : 1;
        double noise = release.sigma() * release.sigma();
        double sum = 0;
        for (int cell = 0; cell < predicted.length; cell++) {
            sum += logDensity(release.count(cell) - rho * predicted[cell], noise + rho * rho * variances[cell]);
        }
        return sum;
    }

    private static double scale(double[] predicted, ReleasedCounts release) {
        double product = 0;
        double square = 0;
        for (int cell = 0; cell < predicted.length; cell++) {
            product += predicted[cell] * release.count(cell);
            square += predicted[cell] * predicted[cell];
        }
        return square > 0 ? Math.max(0, product / square) : 0;
    }

    /** The greatest log density over predictions e at least 0, with variance s = noise + e: s^2 + s = (count + noise)^2. */
    private static double best(double count, double noise) {
        double square = (count + noise) * (count + noise);
        double variance = Math.max(noise, 2 * square / (1 + Math.sqrt(1 + 4 * square)));
        return logDensity(count - (variance - noise), variance);
    }

    private static double logDensity(double deviation, double variance) {
        return -(Math.log(2 * Math.PI * variance) + deviation * deviation / variance) / 2;
    }
}

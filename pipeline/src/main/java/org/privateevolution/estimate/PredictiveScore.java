package org.privateevolution.estimate;

/**
 * Measures how well an estimate predicts a release that it has not seen: the log likelihood, in nats, of the noisy
 * counts under
 *
 * <pre>
 *     count of a cell ~ N(prediction, sigma^2 + variance),
 * </pre>
 *
 * where the variance is that of the predicted number of records (Poisson). If each release is scored before it is added
 * to the estimate, a run's releases are a fair test of its estimates (the prequential principle, Dawid 1984). The score
 * costs no privacy, because it compares and sums released numbers only. Of two ways to make an estimate, the one with
 * the greater sum over a run predicts better; a difference of some tens of nats is clear.
 *
 * @param cells number of cells
 * @param estimate log likelihood of the counts under the estimate
 * @param prior log likelihood of the counts under the baseline, usually the prior weights
 * @param saturated log likelihood of the counts if each prediction is the best one of at least 0; no estimate reaches
 *     it, because it predicts the noise as well
 */
public record PredictiveScore(int cells, double estimate, double prior, double saturated) {

    /**
     * Scores one release.
     *
     * @param estimate made without this release, over the same points
     * @param baseline weights of the same points to compare with, on the same scale, such as the prior scaled to the
     *     same total
     * @param release of either scale; a free scale is first fitted to each of the two predictions
     */
    public static PredictiveScore of(Estimate estimate, double[] baseline, ReleasedCounts release) {
        return of(estimate.weights(), baseline, release);
    }

    /**
     * Scores one release under any weights of its points that were made without it.
     *
     * @param weights on the scale of the release, unless that scale is free
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

    /** The gain over the baseline in nats per cell: 0 if the estimate knows no more, negative if it misleads. */
    public double gain() {
        return (estimate - prior) / cells;
    }

    /**
     * The gain as a share of the saturated prediction's gain; at most 1. Because the saturated prediction fits the
     * noise, even the truth stays below 1, and far below 1 if the noise is large.
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

    /**
     * The greatest log density over predictions e at least 0, with variance s = noise + e: s^2 + s = (count + noise)^2.
     */
    private static double best(double count, double noise) {
        double square = (count + noise) * (count + noise);
        double variance = Math.max(noise, 2 * square / (1 + Math.sqrt(1 + 4 * square)));
        return logDensity(count - (variance - noise), variance);
    }

    private static double logDensity(double deviation, double variance) {
        return -(Math.log(2 * Math.PI * variance) + deviation * deviation / variance) / 2;
    }
}

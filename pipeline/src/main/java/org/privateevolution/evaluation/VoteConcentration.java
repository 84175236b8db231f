package org.privateevolution.evaluation;

import java.util.List;

/**
 * How a released histogram spreads over its candidates. A run whose effective sample size falls towards 1 is collapsing;
 * one whose survivors are half of all candidates with votes near the noise multiplier sees little but noise.
 *
 * @param candidates number of candidates
 * @param survivors number of candidates whose noisy votes are above the threshold
 * @param effectiveSampleSize (sum w)^2 / (sum w^2) over the votes w above the threshold (Kish 1965); 0 if there are none
 */
public record VoteConcentration(int candidates, int survivors, double effectiveSampleSize) {

    /**
     * Reads a released histogram.
     *
     * @param noisyVotes one a candidate, finite
     * @param threshold taken off every vote; NaN for none, which counts as 0
     */
    public static VoteConcentration of(double[] noisyVotes, double threshold) {
        double floor = Double.isNaN(threshold) ? 0 : threshold;
        double largest = 0;
        for (double votes : noisyVotes) {
            largest = Math.max(largest, votes - floor);
        }
        int survivors = 0;
        double sum = 0;
        double squares = 0;
        for (double votes : noisyVotes) {
            if (votes > floor) {
                survivors++;
                // scaled by the largest, so that squares neither overflow nor vanish
                double weight = (votes - floor) / largest;
                sum += weight;
                squares += weight * weight;
            }
        }
        return new VoteConcentration(noisyVotes.length, survivors, survivors == 0 ? 0 : sum * sum / squares);
    }

    /** As metrics of the vote that led to {@code iteration}. */
    public List<MetricValue> metrics(int iteration, String label) {
        return List.of(
                new MetricValue(iteration, label, "candidates", candidates, true),
                new MetricValue(iteration, label, "survivors", survivors, true),
                new MetricValue(iteration, label, "effective_sample_size", effectiveSampleSize, true));
    }
}

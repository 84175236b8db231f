package org.privateevolution.model;

/**
 * What happens to samples that cannot be generated.
 *
 * @param attempts requests per sample, each with its own seed, before the sample is left out; at least 1
 * @param mostLeftOut greatest share of the samples of a list that may be left out, 0 to 1; the run ends if more are, or
 *     if all are
 */
public record RejectionRule(int attempts, double mostLeftOut) {

    private static final double CHANCE = 1e-6;

    /** Smaller shares count as this one: a rule that allows less can be met by luck, too. */
    private static final double LEAST_LEFT_OUT = 0.01;

    public RejectionRule {
        if (attempts < 1 || !(mostLeftOut >= 0 && mostLeftOut <= 1)) {
            throw new IllegalArgumentException("attempts must be at least 1 and the share of rejected samples from 0 to"
                    + " 1, but are " + attempts + " and " + mostLeftOut);
        }
    }

    /**
     * Returns the number of rejections after which, if nothing has been made, the rule will not be met. By then more
     * samples than may be left out have been rejected at least once. Besides, at the least share of sound answers with
     * which the rule could be met, so many rejections in a row have a probability of at most one in a million. If r is
     * the probability of a rejection, a sample is left out with probability r^attempts, so the rule needs r^attempts to
     * be at most {@code mostLeftOut}.
     *
     * @param samples number of samples to be made
     */
    public int hopelessRejections(int samples) {
        if (mostLeftOut == 1) {
            return Integer.MAX_VALUE;
        }
        double unlikely = attempts * Math.log(CHANCE) / Math.log(Math.max(mostLeftOut, LEAST_LEFT_OUT));
        return (int) Math.ceil(Math.max(mostLeftOut * samples + 1, unlikely));
    }
}

package org.privateevolution.model;

/**
 * What is done about samples that cannot be made.
 *
 * @param attempts requests made for one sample, each with a seed of its own, before it is left out; at least 1
 * @param mostLeftOut the run ends if more than this share of the samples of a list is left out, 0 to 1; it also ends if
 *     all are
 */
public record RejectionRule(int attempts, double mostLeftOut) {

    private static final double CHANCE = 1e-6;

    /** A rule that allows less is met by luck, too. */
    private static final double LEAST_LEFT_OUT = 0.01;

    public RejectionRule {
        if (attempts < 1 || !(mostLeftOut >= 0 && mostLeftOut <= 1)) {
            throw new IllegalArgumentException("attempts must be at least 1 and the share of rejected samples from 0 to"
                    + " 1, but are " + attempts + " and " + mostLeftOut);
        }
    }

    /**
     * So many rejections, and nothing made, say that the rule will not be met: more samples than may be left out were
     * rejected at least once, and at the least share of sound answers with which the rule could be met, the probability
     * of so many rejections in a row is at most a millionth. With probability r of a rejection, a sample is left out with
     * probability r^attempts, so that r^attempts is at most {@code mostLeftOut}.
     *
     * @param samples how many are to be made
     */
    public int hopelessRejections(int samples) {
        if (mostLeftOut == 1) {
            return Integer.MAX_VALUE;
        }
        double unlikely = attempts * Math.log(CHANCE) / Math.log(Math.max(mostLeftOut, LEAST_LEFT_OUT));
        return (int) Math.ceil(Math.max(mostLeftOut * samples + 1, unlikely));
    }
}

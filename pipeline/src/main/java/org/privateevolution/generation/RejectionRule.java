package org.privateevolution.generation;

/**
 * What is done about samples that cannot be made.
 *
 * @param attempts requests made for one sample, each with a seed of its own, before it is left out; at least 1
 * @param mostRejected the run ends if more than this share of the samples of a list is left out, 0 to 1; it also ends if
 *     all are
 */
public record RejectionRule(int attempts, double mostRejected) {
    public RejectionRule {
        if (attempts < 1 || !(mostRejected >= 0 && mostRejected <= 1)) {
            throw new IllegalArgumentException("attempts must be at least 1 and the share of rejected samples from 0 to"
                    + " 1, but are " + attempts + " and " + mostRejected);
        }
    }
}

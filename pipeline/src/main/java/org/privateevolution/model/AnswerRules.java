package org.privateevolution.model;

/**
 * Decides which answers of a language model become samples.
 *
 * @param truncated what happens to an answer that reached the maximum length
 * @param minWords least number of words of a sample, at least 1; shorter answers are rejected
 * @param thoughts what happens to the thoughts that a reasoning model leaves in an answer
 */
public record AnswerRules(Truncated truncated, int minWords, Thoughts thoughts) {

    /** What happens to an answer that reached the maximum length. */
    public enum Truncated {
        /** The answer is kept as it is, as in the reference implementation. */
        KEEP,
        /** The answer is cut after its last whole sentence, and rejected if nothing is left. */
        LAST_SENTENCE,
        /** The answer is rejected. */
        REJECT
    }

    /** What happens to the thoughts in an answer. */
    public enum Thoughts {
        /** They are removed. */
        REMOVE,
        /** The answer is rejected. */
        REJECT,
        /** They are kept as part of the sample. */
        KEEP
    }

    public AnswerRules {
        if (minWords < 1) {
            throw new IllegalArgumentException("the least number of words must be at least 1, but is " + minWords);
        }
    }
}

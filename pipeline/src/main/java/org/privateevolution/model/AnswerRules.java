package org.privateevolution.model;

/**
 * What makes a language model's answer a sample.
 *
 * @param truncated what is done with an answer that reached the longest length
 * @param minWords shorter answers are rejected, at least 1
 * @param thoughts what is done with the thoughts that a reasoning model leaves in an answer
 */
public record AnswerRules(Truncated truncated, int minWords, Thoughts thoughts) {

    /** What is done with an answer that reached the longest length. */
    public enum Truncated {
        /** It is taken as it is, as in the reference. */
        KEEP,
        /** What follows its last whole sentence is cut off; it is rejected if nothing is left. */
        LAST_SENTENCE,
        /** It is rejected. */
        REJECT
    }

    /** What is done with the thoughts in an answer. */
    public enum Thoughts {
        /** They are no part of the sample. */
        REMOVE,
        /** The answer is rejected. */
        REJECT,
        /** They are part of the sample. */
        KEEP
    }

    public AnswerRules {
        if (minWords < 1) {
            throw new IllegalArgumentException("the least number of words must be at least 1, but is " + minWords);
        }
    }
}

package org.privateevolution.model;

/**
 * Parts of a parent that are masked before it is shown to a model (Aug-PE's {@code masked_sample}).
 *
 * @param unit what is masked at once
 * @param mask what stands for it; the reference's is {@code _}
 * @param probabilities of a unit to be masked, 0 to 1, by completed votes
 */
public record Blanking(Unit unit, String mask, Schedule probabilities) {

    /** What is masked at once. */
    public enum Unit {
        /** What stands between spaces. */
        WORD,
        /**
         * What the tokenizers of current models start from: a run of letters, up to three digits, or a run of other
         * characters. Most such pieces of English are one token.
         */
        TOKEN
    }

    public Blanking {
        probabilities.within("blank probabilities", 0, 1);
    }
}

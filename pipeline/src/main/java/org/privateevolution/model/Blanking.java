package org.privateevolution.model;

/**
 * The masking of parts of a parent before a model sees it (Aug-PE's {@code masked_sample}).
 *
 * @param unit the unit that is masked
 * @param mask replaces a masked unit; {@code _} in the reference implementation
 * @param probabilities probability that a unit is masked, 0 to 1, by completed votes
 */
public record Blanking(Unit unit, String mask, Schedule probabilities) {

    /** A unit of text. */
    public enum Unit {
        /** Characters between spaces. */
        WORD,
        /**
         * A run of letters, up to three digits, or a run of other characters: the pieces from which the tokenizers of
         * current models start. Most such pieces of English are one token.
         */
        TOKEN
    }

    public Blanking {
        probabilities.within("blank probabilities", 0, 1);
    }
}

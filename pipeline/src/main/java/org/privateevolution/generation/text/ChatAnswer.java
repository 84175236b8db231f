package org.privateevolution.generation.text;

/**
 * What a model answered.
 *
 * @param text may be empty
 * @param reasoned whether it came with thoughts beside the text
 */
public record ChatAnswer(String text, boolean reasoned, Finish finish) {

    /** An answer without thoughts beside it. */
    ChatAnswer(String text, Finish finish) {
        this(text, false, finish);
    }

    /** Why an answer ended. */
    public enum Finish {
        /** The model was done. */
        COMPLETE,
        /** It reached its longest length. */
        LENGTH,
        /** A filter held the prompt or the answer back. */
        FILTERED,
        /** The model declined. */
        REFUSED,
        /** The prompt leaves not enough memory for an answer. */
        PROMPT_TOO_LONG
    }
}

package org.privateevolution.generation.text;

/**
 * The answer of a model.
 *
 * @param text may be empty
 * @param reasoned whether thoughts came with the answer, separate from the text
 */
public record ChatAnswer(String text, boolean reasoned, Finish finish) {

    /** An answer without separate thoughts. */
    ChatAnswer(String text, Finish finish) {
        this(text, false, finish);
    }

    /** Why an answer ended. */
    public enum Finish {
        /** The model finished its answer. */
        COMPLETE,
        /** The answer reached the maximum length. */
        LENGTH,
        /** A filter withheld the prompt or the answer. */
        FILTERED,
        /** The model declined to answer. */
        REFUSED,
        /** The prompt leaves too little of the context for an answer. */
        PROMPT_TOO_LONG
    }
}

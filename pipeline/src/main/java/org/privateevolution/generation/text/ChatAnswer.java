package org.privateevolution.generation.text;

/** What a model answered; the text may be empty. */
public record ChatAnswer(String text, Finish finish) {

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
        /** The prompt leaves no room for an answer. */
        PROMPT_TOO_LONG
    }
}

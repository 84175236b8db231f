package org.privateevolution.spi;

/** The generation API cannot go on: it refuses everything, or its budget is spent. What was answered is journalled. */
public final class GenerationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What it comes from, for programs; people read the message. */
    public enum Reason {
        /** No endpoint answers, or each refuses. */
        ENDPOINT,

        /** The budget or the limits of the endpoints do not allow another request. */
        BUDGET,

        /** Too few answers were accepted. */
        REJECTED,

        /** The generator itself failed. */
        GENERATOR,

        /** Anything else: the message says it. */
        OTHER
    }

    private final Reason reason;

    public GenerationException(String message) {
        this(Reason.OTHER, message);
    }

    public GenerationException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package org.privateevolution.spi;

/**
 * Thrown if the generation API cannot continue: it refuses all requests, or its budget is spent. All answers so far are
 * in the journal.
 */
public final class GenerationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The cause as a code, for programs; the message is for people. */
    public enum Reason {
        /** No endpoint answers, or all refuse. */
        ENDPOINT,

        /** The budget or the limits of the endpoints do not allow another request. */
        BUDGET,

        /** Too few answers were accepted. */
        REJECTED,

        /** The generator itself failed. */
        GENERATOR,

        /** Any other cause; see the message. */
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

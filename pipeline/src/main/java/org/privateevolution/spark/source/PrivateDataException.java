package org.privateevolution.spark.source;

/** The private data cannot be read, or do not fit their declaration. The message never holds a private value. */
public final class PrivateDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What it comes from, for programs; people read the message. */
    public enum Reason {
        /** A record is torn, or can be read in two ways. */
        RECORD,

        /** A declared column is not there. */
        COLUMN,

        /** The records changed during the run. */
        CHANGED,

        /** The records are others whenever they are read. */
        UNSTABLE,

        /** They cannot be read. */
        OTHER
    }

    private final Reason reason;

    public PrivateDataException(String message) {
        this(Reason.OTHER, message);
    }

    public PrivateDataException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public PrivateDataException(String message, Throwable cause) {
        this(Reason.OTHER, message, cause);
    }

    public PrivateDataException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package org.privateevolution.spark.source;

/**
 * Thrown if the private data cannot be read, or do not fit their declaration. The message never holds a private value.
 */
public final class PrivateDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kind of problem, for programs; people read the message. */
    public enum Reason {
        /** A record is torn, or can be read in two ways. */
        RECORD,

        /** A declared column does not exist. */
        COLUMN,

        /** The records changed during the run. */
        CHANGED,

        /** The records may differ each time they are read. */
        UNSTABLE,

        /** A run that discovers its columns sees too little through the noise. */
        DISCOVERY,

        /** The records cannot be read. */
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

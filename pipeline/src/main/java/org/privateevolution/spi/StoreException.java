package org.privateevolution.spi;

/** Thrown if the run's storage cannot be used: unreachable, read-only, damaged, or held by another driver. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The cause as a code, for programs; the message is for people. */
    public enum Reason {
        /** Another driver works on the run. */
        HELD,

        /** A file of the run is missing, or differs from what was written. */
        DAMAGED,

        /** The files were written by another version of this program. */
        VERSION,

        /** The file system cannot create files exclusively. */
        UNSAFE,

        /** The storage cannot be reached, read or written. */
        OTHER
    }

    private final Reason reason;

    public StoreException(String message) {
        this(Reason.OTHER, message);
    }

    public StoreException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StoreException(String message, Throwable cause) {
        this(Reason.OTHER, message, cause);
    }

    public StoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

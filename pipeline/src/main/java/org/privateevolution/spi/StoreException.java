package org.privateevolution.spi;

/** Storage of the run cannot be used: unreachable, read-only, damaged, or taken by another driver. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What it comes from, for programs; people read the message. */
    public enum Reason {
        /** Another driver works on the run. */
        HELD,

        /** A file of the run is missing, or is not what was written. */
        DAMAGED,

        /** Another version of this program wrote it. */
        VERSION,

        /** The file system does not create files exclusively. */
        UNSAFE,

        /** It cannot be reached, read or written. */
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

package org.privateevolution.privacy;

/** Thrown if something would break the privacy guarantee, or if it cannot be shown to hold. Nothing was released. */
public final class PrivacyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The cause as a code, for programs; the message is for people. */
    public enum Reason {
        /** The data set's budget does not allow the run. */
        BUDGET,

        /** The ledger is damaged, lacks a charge, or cannot be read or written. */
        LEDGER,

        /** A release that was made is missing from its place, or differs from the one recorded. */
        RELEASE,

        /** Releases of one ledger do not fit together: another unit, another plan. */
        TERMS,

        /** No noise multiplier or delta reaches the requested guarantee. */
        TARGET,

        /** Any other cause; see the message. */
        OTHER
    }

    private final Reason reason;

    /**
     * @param message says what was refused and what to change; public values only
     */
    public PrivacyException(String message) {
        this(Reason.OTHER, message);
    }

    /**
     * @param message says what was refused and what to change; public values only
     */
    public PrivacyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * @param message says what was refused and what to change; public values only
     */
    public PrivacyException(String message, Throwable cause) {
        this(Reason.OTHER, message, cause);
    }

    /**
     * @param message says what was refused and what to change; public values only
     */
    public PrivacyException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

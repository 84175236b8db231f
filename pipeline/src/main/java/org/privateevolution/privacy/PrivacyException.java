package org.privateevolution.privacy;

/** Something would break the privacy guarantee, or it cannot be shown that it does not. Nothing was released. */
public final class PrivacyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What it comes from, for programs; people read the message. */
    public enum Reason {
        /** The budget of the data set does not allow the run. */
        BUDGET,

        /** The ledger is damaged, lacks a charge, or cannot be read or written. */
        LEDGER,

        /** A release was made that is not where it should be, or is another. */
        RELEASE,

        /** Releases of one ledger do not go together: another unit, another plan. */
        TERMS,

        /** No noise, or no delta, gives what is asked for. */
        TARGET,

        /** Anything else: the message says it. */
        OTHER
    }

    private final Reason reason;

    /** @param message says what was refused and what to change; holds public values only */
    public PrivacyException(String message) {
        this(Reason.OTHER, message);
    }

    /** @param message says what was refused and what to change; holds public values only */
    public PrivacyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** @param message says what was refused and what to change; holds public values only */
    public PrivacyException(String message, Throwable cause) {
        this(Reason.OTHER, message, cause);
    }

    /** @param message says what was refused and what to change; holds public values only */
    public PrivacyException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

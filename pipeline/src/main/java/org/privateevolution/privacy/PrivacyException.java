package org.privateevolution.privacy;

/** Something would break the privacy guarantee, or it cannot be shown that it does not. Nothing was released. */
public final class PrivacyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message says what was refused and what to change; holds public values only */
    public PrivacyException(String message) {
        super(message);
    }

    /** @param message says what was refused and what to change; holds public values only */
    public PrivacyException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.privateevolution.spi;

/** Storage of the run cannot be used: unreachable, read-only, damaged, or taken by another driver. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}

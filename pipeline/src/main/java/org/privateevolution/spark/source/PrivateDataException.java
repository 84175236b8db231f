package org.privateevolution.spark.source;

/** The private data cannot be read, or do not fit their declaration. The message never holds a private value. */
public final class PrivateDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PrivateDataException(String message) {
        super(message);
    }

    public PrivateDataException(String message, Throwable cause) {
        super(message, cause);
    }
}

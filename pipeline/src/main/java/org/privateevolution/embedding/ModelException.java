package org.privateevolution.embedding;

/** Thrown if a model cannot be read, does not match its declaration, or fails. The message never contains any input. */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}

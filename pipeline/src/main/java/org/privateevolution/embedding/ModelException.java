package org.privateevolution.embedding;

/** A model cannot be read, does not fit its declaration, or failed. The message never holds anything of a text. */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}

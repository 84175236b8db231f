package org.privateevolution.model;

/** A private value that its column's declaration does not cover. The message never holds the value. */
public final class UndeclaredValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UndeclaredValueException(String message) {
        super(message);
    }
}

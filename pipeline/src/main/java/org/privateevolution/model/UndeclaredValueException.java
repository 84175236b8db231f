package org.privateevolution.model;

/** Thrown for a private value that its column's declaration does not cover. The message never contains the value. */
public final class UndeclaredValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UndeclaredValueException(String message) {
        super(message);
    }
}

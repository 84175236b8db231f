package org.privateevolution.spi;

/**
 * Thrown if no extension with a given name can be used. The message lists those that exist, and says how to add one to
 * the class path.
 */
public final class UnknownExtensionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownExtensionException(String message) {
        super(message);
    }
}

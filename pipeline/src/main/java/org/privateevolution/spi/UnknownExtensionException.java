package org.privateevolution.spi;

/** No extension of a name can be used; the message says which there are, and how one gets onto the class path. */
public final class UnknownExtensionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownExtensionException(String message) {
        super(message);
    }
}

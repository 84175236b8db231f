package org.privateevolution.image;

/**
 * Bytes are not an image that can be read. The message goes on from the file's name, for instance {@code is a truncated
 * PNG}; it says nothing of what is in the picture, its size included.
 */
public final class BadImageException extends Exception {

    private static final long serialVersionUID = 1L;

    public BadImageException(String message) {
        super(message);
    }
}

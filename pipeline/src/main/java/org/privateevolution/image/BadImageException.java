package org.privateevolution.image;

/**
 * Thrown if bytes are not a readable image. The message continues a sentence that starts with the file's name, for
 * instance {@code is a truncated PNG}; it says nothing of the picture, not even its size.
 */
public final class BadImageException extends Exception {

    private static final long serialVersionUID = 1L;

    public BadImageException(String message) {
        super(message);
    }
}

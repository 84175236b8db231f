package org.privateevolution.spi;

/** The generation API cannot go on: it refuses everything, or its budget is spent. What was answered is journalled. */
public final class GenerationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public GenerationException(String message) {
        super(message);
    }
}

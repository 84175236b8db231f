package org.privateevolution.generation.endpoint;

/**
 * Thrown if every attempt of a request failed for reasons that may pass. Nothing was bought, so the request may be
 * repeated later.
 */
public final class UnansweredException extends Exception {

    private static final long serialVersionUID = 1L;

    UnansweredException(String message) {
        super(message);
    }
}

package org.privateevolution.generation.endpoint;

/** Every attempt of a request failed for reasons that may pass. Nothing was bought, so it may be asked again later. */
public final class UnansweredException extends Exception {

    private static final long serialVersionUID = 1L;

    UnansweredException(String message) {
        super(message);
    }
}

package org.privateevolution.generation.endpoint;

import java.time.Duration;
import java.util.Optional;

/** The result of an exchange. */
public sealed interface Reply<T> {

    /** Tokens charged; empty if unknown. */
    Optional<Tokens> cost();

    /** The request was answered. */
    record Answered<T>(T value, Optional<Tokens> cost) implements Reply<T> {}

    /**
     * The request may succeed later.
     *
     * @param pause how long the endpoint asks not to be called
     */
    record Again<T>(String reason, Optional<Duration> pause, Optional<Tokens> cost) implements Reply<T> {}

    /**
     * The address does not speak the protocol. The address is wrong if it never did; otherwise this may pass.
     *
     * @param cost {@link Tokens#NONE} if nothing was sent
     */
    record Elsewhere<T>(String reason, Optional<Tokens> cost) implements Reply<T> {
        /** Recognises an answer that is a web page, which may have cost something; empty if it is of another type. */
        public static <T> Optional<Reply<T>> ofWebPage(String mediaType, String question) {
            return mediaType.startsWith("text/html") || mediaType.startsWith("application/xhtml")
                    ? Optional.of(new Elsewhere<>("the answer is a web page: " + question, Optional.empty()))
                    : Optional.empty();
        }
    }

    /** No request can succeed until something is changed; {@code message} says what. */
    record Stop<T>(String message) implements Reply<T> {
        @Override
        public Optional<Tokens> cost() {
            return Optional.of(Tokens.NONE);
        }
    }
}

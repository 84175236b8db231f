package org.privateevolution.generation.endpoint;

import java.net.URI;
import java.net.http.HttpHeaders;

/** A request in the terms of a protocol. */
public interface Call<T> {

    /**
     * The most tokens that the request can cost: 0 completion tokens if its answer has no limit, {@link Tokens#NONE} if
     * tokens cost nothing.
     */
    Tokens atMost();

    /** Tokens that count against the rate limit. */
    long rateTokens();

    /** The address to post to, given the endpoint's address. */
    default URI uri(URI endpoint) {
        return endpoint;
    }

    /** The media type of the body. */
    default String contentType() {
        return "application/json";
    }

    /** The media types that {@link #read} understands. */
    default String accept() {
        return "application/json";
    }

    /** The body for the endpoint at an index. */
    byte[] body(int endpoint);

    /** Largest body of a valid reply, in bytes; a longer body ends the run, whatever its status. */
    long longestAnswerBytes();

    /**
     * Reads a reply.
     *
     * @param body what the endpoint sent
     */
    Reply<T> read(int status, HttpHeaders headers, byte[] body);
}

package org.privateevolution.generation.endpoint;

import java.net.http.HttpHeaders;

/** A request in the terms of a protocol. */
public interface Call<T> {

    /** The most tokens that it can cost; 0 completion tokens if an answer has no limit. */
    Tokens atMost();

    /** Tokens that count against the rate limit. */
    long rateTokens();

    /** The JSON body for the endpoint with that index. */
    byte[] body(int endpoint);

    /**
     * Reads a reply.
     *
     * @param body what the endpoint sent, without its key
     */
    Reply<T> read(int status, HttpHeaders headers, String body);
}

package org.privateevolution.generation.endpoint;

/** Tokens that an endpoint has charged for one request. */
public record Tokens(long prompt, long completion) {
    /** The cost of a request that was not served. */
    public static final Tokens NONE = new Tokens(0, 0);
}

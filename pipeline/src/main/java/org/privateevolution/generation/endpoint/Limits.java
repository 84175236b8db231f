package org.privateevolution.generation.endpoint;

/**
 * How hard endpoints may be pressed, all of them together.
 *
 * @param concurrency requests under way at once, at least 1
 * @param requestsPerMinute 0 for no limit
 * @param tokensPerMinute tokens of prompts, estimated at four bytes each, and of the longest answers asked for; 0 for no
 *     limit
 */
public record Limits(int concurrency, long requestsPerMinute, long tokensPerMinute) {
    public Limits {
        if (concurrency < 1 || requestsPerMinute < 0 || tokensPerMinute < 0) {
            throw new IllegalArgumentException("concurrency must be at least 1 and limits a minute at least 0, but are "
                    + concurrency + ", " + requestsPerMinute + " requests and " + tokensPerMinute + " tokens");
        }
    }
}

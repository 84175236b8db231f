package org.privateevolution.model.endpoint;

import java.util.OptionalLong;

/**
 * How hard endpoints may be pressed, all of them together.
 *
 * @param concurrency requests under way at once, at least 1
 * @param requestsPerMinute at least 1; empty for no limit
 * @param tokensPerMinute tokens of prompts, estimated at four bytes each, and of the longest answers asked for, at
 *     least 1; empty for no limit
 */
public record Limits(int concurrency, OptionalLong requestsPerMinute, OptionalLong tokensPerMinute) {
    public Limits {
        if (concurrency < 1 || requestsPerMinute.orElse(1) < 1 || tokensPerMinute.orElse(1) < 1) {
            throw new IllegalArgumentException("concurrency and limits per minute must be at least 1, but are "
                    + concurrency + ", " + requestsPerMinute + " requests and " + tokensPerMinute + " tokens");
        }
    }

    /** Only the requests under way are limited. */
    public static Limits ofConcurrency(int concurrency) {
        return new Limits(concurrency, OptionalLong.empty(), OptionalLong.empty());
    }
}

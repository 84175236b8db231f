package org.privateevolution.model.endpoint;

import java.util.OptionalLong;

/**
 * Limits on the requests to all endpoints together.
 *
 * @param concurrency number of requests that are sent and not yet answered, at least 1
 * @param requestsPerMinute at least 1; empty for no limit
 * @param tokensPerMinute tokens of prompts, estimated at four bytes each, plus the requested lengths of answers, at
 *     least 1; empty for no limit
 */
public record Limits(int concurrency, OptionalLong requestsPerMinute, OptionalLong tokensPerMinute) {
    public Limits {
        if (concurrency < 1 || requestsPerMinute.orElse(1) < 1 || tokensPerMinute.orElse(1) < 1) {
            throw new IllegalArgumentException("concurrency and limits per minute must be at least 1, but are "
                    + concurrency + ", " + requestsPerMinute + " requests and " + tokensPerMinute + " tokens");
        }
    }

    /** Limits only the number of concurrent requests. */
    public static Limits ofConcurrency(int concurrency) {
        return new Limits(concurrency, OptionalLong.empty(), OptionalLong.empty());
    }
}

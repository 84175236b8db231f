package org.privateevolution.generation.endpoint;

import java.util.function.LongSupplier;
import org.privateevolution.model.endpoint.Limits;

/**
 * The rate limits of all endpoints together. A slot satisfies both limits, so requests never bunch behind a large one.
 */
final class RateLimits {

    private final RateLimit requests;
    private final RateLimit tokens;
    private final LongSupplier nanoTime;

    RateLimits(Limits limits, LongSupplier nanoTime) {
        long now = nanoTime.getAsLong();
        this.requests = new RateLimit("requests", limits.requestsPerMinute().orElse(0), now);
        this.tokens = new RateLimit("tokens", limits.tokensPerMinute().orElse(0), now);
        this.nanoTime = nanoTime;
    }

    /**
     * Takes the next slot for a request.
     *
     * @param tokenCount tokens of the request
     * @return nanoseconds until the slot
     */
    synchronized long reserve(long tokenCount) {
        long now = nanoTime.getAsLong();
        long at = tokens.earliest(tokenCount, requests.earliest(1, now));
        requests.grant(1, at);
        tokens.grant(tokenCount, at);
        return at - now;
    }
}

package org.privateevolution.config;

import org.privateevolution.model.endpoint.Limits;

/** The section of the limits on requests to endpoints. */
final class LimitSettings extends Group<Limits> {

    final Setting<Integer> concurrency = value("concurrency", Whole.between(1, 10_000), 16, Limits::concurrency)
            .means("Concurrent requests, over all endpoints.");
    final Setting<Long> requestsPerMinute = value(
                    "requests_per_minute", Whole.longAtLeast(0), 0L, limits -> limits.requestsPerMinute()
                            .orElse(0))
            .means("Requests per minute, over all endpoints; 0 for no limit.");
    private final Setting<Long> tokensPerMinute;

    /** @param tokens whether the endpoints count tokens */
    LimitSettings(boolean tokens) {
        tokensPerMinute = !tokens
                ? null
                : value("tokens_per_minute", Whole.longAtLeast(0), 0L, limits -> limits.tokensPerMinute()
                                .orElse(0))
                        .means("Tokens per minute, counting prompts (four bytes per token) and the longest"
                                + " possible answers; 0 for no"
                                + " limit.");
    }

    Limits read(Section section) {
        return section.make(() -> new Limits(
                section.get(concurrency),
                Absence.unlessZero(section.get(requestsPerMinute)),
                Absence.unlessZero(tokensPerMinute == null ? 0 : section.get(tokensPerMinute))));
    }
}

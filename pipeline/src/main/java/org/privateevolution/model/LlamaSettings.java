package org.privateevolution.model;

import java.util.OptionalInt;

/**
 * A language model that llama.cpp runs in this process.
 *
 * @param file a GGUF file on the driver's disk, with the chat template in its metadata
 * @param contextTokens tokens of the context of a request, for both prompt and answer
 * @param parallel number of requests that are processed at once, at least 1
 * @param threads number of threads for the computation, at least 1; empty for one per processor
 * @param repeatPenalty divisor of the score of a repeated token, at least 1; small models need about 1.1, and 1 has no
 *     effect
 */
public record LlamaSettings(PublicFile file, int contextTokens, int parallel, OptionalInt threads, double repeatPenalty)
        implements TextSpec.Model {
    public LlamaSettings {
        if (contextTokens < 1 || parallel < 1 || threads.orElse(1) < 1 || !(repeatPenalty >= 1)) {
            throw new IllegalArgumentException(
                    "context, parallel requests, threads and repeat penalty must be at least 1, but are "
                            + contextTokens + ", " + parallel + ", " + threads + " and " + repeatPenalty);
        }
    }

    /** Returns the same model, identified by the checksum of its file. */
    public LlamaSettings with(PublicFile pinned) {
        return new LlamaSettings(pinned, contextTokens, parallel, threads, repeatPenalty);
    }
}

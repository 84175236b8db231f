package org.privateevolution.model;

import java.util.OptionalInt;

/**
 * A language model in this process, by llama.cpp.
 *
 * @param file a GGUF file on the driver's disk, whose metadata hold its chat template
 * @param contextTokens room for the prompt and the answer of one request
 * @param parallel requests worked on at once, at least 1
 * @param threads of the computation, at least 1; empty for one per processor
 * @param repeatPenalty what a repeated token's score is divided by; small models need about 1.1, 1 is none
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

    /** The same model, known by its file's content. */
    public LlamaSettings with(PublicFile pinned) {
        return new LlamaSettings(pinned, contextTokens, parallel, threads, repeatPenalty);
    }
}

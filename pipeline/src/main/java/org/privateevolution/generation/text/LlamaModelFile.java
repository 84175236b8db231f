package org.privateevolution.generation.text;

/**
 * A model that runs in this process.
 *
 * @param path a GGUF file on the driver, whose metadata hold its chat template
 * @param contextTokens room for the prompt and the answer of one request
 * @param parallel requests worked on at once, at least 1
 * @param threads threads of the computation, at least 1
 * @param repeatPenalty what a repeated token's score is divided by; small models need about 1.1, 1 is none
 */
public record LlamaModelFile(String path, int contextTokens, int parallel, int threads, double repeatPenalty) {
    public LlamaModelFile {
        if (contextTokens < 1 || parallel < 1 || threads < 1 || !(repeatPenalty >= 1)) {
            throw new IllegalArgumentException(
                    "context, parallel requests, threads and repeat penalty must be at least 1, but are "
                            + contextTokens + ", " + parallel + ", " + threads + " and " + repeatPenalty);
        }
    }
}

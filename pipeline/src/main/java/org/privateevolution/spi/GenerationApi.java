package org.privateevolution.spi;

import java.util.List;

/**
 * RANDOM_API and VARIATION_API of Private Evolution (Lin et al. 2023): all that the algorithm needs from a model. It
 * sees public configuration and synthetic samples, never private data.
 */
public interface GenerationApi extends AutoCloseable {

    /**
     * Whether a sample is a pure function of its request and costs almost nothing, so that it need not be journalled.
     */
    boolean replayable();

    /**
     * Fails if the service that answers requests cannot be reached. Called before any long step; costs nothing.
     *
     * @throws GenerationException if no request can be answered until something is changed
     */
    default void requireReachable() {}

    /** Answers every request exactly once, through {@code sink}, before it returns. */
    void generate(List<? extends GenerationRequest> requests, GenerationSink sink);

    @Override
    void close();
}

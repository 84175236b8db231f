package org.privateevolution.spi;

import java.util.List;

/**
 * RANDOM_API and VARIATION_API of Private Evolution (Lin et al. 2023): the only thing the algorithm needs of a model. It
 * sees public configuration and synthetic samples, never private data.
 */
public interface GenerationApi extends AutoCloseable {

    /**
     * Whether a sample is a pure function of its request and costs next to nothing, so that it need not be journalled.
     */
    boolean replayable();

    /**
     * Fails if what answers requests is not there. Asked before anything that takes long; costs nothing.
     *
     * @throws GenerationException if nothing can be answered until something is changed
     */
    default void requireReachable() {}

    /** Answers every request exactly once, through {@code sink}, before it returns. */
    void generate(List<? extends GenerationRequest> requests, GenerationSink sink);

    @Override
    void close();
}

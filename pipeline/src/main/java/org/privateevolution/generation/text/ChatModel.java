package org.privateevolution.generation.text;

import org.privateevolution.generation.endpoint.UnansweredException;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.GenerationException;

/** A language model that follows instructions. Safe for use by any number of threads. */
public interface ChatModel extends AutoCloseable {

    /**
     * Number of threads that should call this model. It may exceed the number of concurrent requests, so that requests
     * continue while some threads store answers.
     */
    int callers();

    /**
     * Checks that the server behind this model, if any, can be reached.
     *
     * @throws GenerationException if it cannot be reached
     */
    default void requireReachable() {}

    /**
     * Answers one request.
     *
     * @throws UnansweredException if this request cannot be answered now
     * @throws GenerationException if no request can be answered until something is changed
     * @throws InterruptedException if interrupted before the request was sent
     */
    ChatAnswer complete(ChatRequest request) throws UnansweredException, InterruptedException;

    /** Usage so far. */
    Usage usage();

    @Override
    void close();
}

package org.privateevolution.generation.text;

import org.privateevolution.generation.endpoint.UnansweredException;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.GenerationException;

/** A language model that follows instructions. Safe for use by any number of threads. */
public interface ChatModel extends AutoCloseable {

    /**
     * How many threads are to call it: more than it has requests under way if others may store answers meanwhile.
     */
    int callers();

    /** Fails if a server that the model is behind is not there. */
    default void requireReachable() {}

    /**
     * Answers one request.
     *
     * @throws UnansweredException if this request cannot be answered now
     * @throws GenerationException if no request can be answered until something is changed
     * @throws InterruptedException if interrupted before the request was sent
     */
    ChatAnswer complete(ChatRequest request) throws UnansweredException, InterruptedException;

    /** What was used so far. */
    Usage usage();

    @Override
    void close();
}

package org.privateevolution.generation.text;

import java.util.List;
import org.privateevolution.generation.endpoint.Budget;
import org.privateevolution.generation.endpoint.EndpointClient;
import org.privateevolution.generation.endpoint.Limits;
import org.privateevolution.generation.endpoint.Prices;
import org.privateevolution.generation.endpoint.RetryPolicy;
import org.privateevolution.generation.endpoint.UnansweredException;
import org.privateevolution.generation.endpoint.Usage;

/** A model behind one or more endpoints that speak the chat-completions protocol and answer alike. */
public final class HttpChatModel implements ChatModel {

    private final List<ChatEndpoint> endpoints;
    private final Sampling sampling;
    private final int callers;
    private final EndpointClient client;

    /**
     * Reads the keys; sends nothing yet.
     *
     * @throws IllegalArgumentException if an endpoint has no valid address or its key is not where it should be
     */
    public HttpChatModel(
            List<ChatEndpoint> endpoints,
            Sampling sampling,
            Limits limits,
            RetryPolicy retry,
            Budget budget,
            Prices prices) {
        this.endpoints = List.copyOf(endpoints);
        this.sampling = sampling;
        this.callers = Math.multiplyExact(2, limits.concurrency());
        this.client =
                new EndpointClient(endpoints.stream().map(ChatEndpoint::open).toList(), limits, retry, budget, prices);
    }

    @Override
    public int callers() {
        return callers;
    }

    @Override
    public void requireReachable() {
        client.requireReachable();
    }

    @Override
    public ChatAnswer complete(ChatRequest request) throws UnansweredException, InterruptedException {
        return client.answer(new ChatCall(endpoints, sampling, request));
    }

    @Override
    public Usage usage() {
        return client.usage();
    }

    @Override
    public void close() {}
}

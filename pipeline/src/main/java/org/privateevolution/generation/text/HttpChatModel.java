package org.privateevolution.generation.text;

import java.util.List;
import org.privateevolution.generation.endpoint.EndpointClient;
import org.privateevolution.generation.endpoint.UnansweredException;
import org.privateevolution.model.Sampling;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.ChatEndpoint;
import org.privateevolution.model.endpoint.Usage;

/** A model behind one or more interchangeable endpoints that speak the chat-completions protocol. */
public final class HttpChatModel implements ChatModel {

    private final List<ChatTarget> targets;
    private final Sampling sampling;
    private final int callers;
    private final EndpointClient client;

    /**
     * Reads the keys, but sends nothing yet.
     *
     * @throws IllegalArgumentException if an endpoint has no valid address or its key is not where it should be
     */
    public HttpChatModel(List<ChatEndpoint> endpoints, Sampling sampling, CallPolicy policy) {
        this.targets = endpoints.stream().map(ChatTarget::of).toList();
        this.sampling = sampling;
        this.callers = Math.multiplyExact(2, policy.limits().concurrency());
        this.client =
                new EndpointClient(targets.stream().map(ChatTarget::endpoint).toList(), policy);
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
        return client.answer(new ChatCall(targets, sampling, request));
    }

    @Override
    public Usage usage() {
        return client.usage();
    }

    @Override
    public void close() {}
}

package org.privateevolution.generation.clients;

import java.util.List;
import java.util.random.RandomGenerator;
import org.privateevolution.generation.tabular.MutationSchedule;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

/** Generates clients as pure functions of their requests and of the current {@link ClientSampler}. */
public final class ClientGenerator implements GenerationApi {

    private final MutationSchedule schedule;
    private volatile ClientSampler clients;

    public ClientGenerator(RunSpec.Mutation mutation) {
        this.schedule = new MutationSchedule(mutation);
    }

    /** Draws all later clients from a sampler. Called before the first request. */
    public void drawFrom(ClientSampler sampler) {
        clients = sampler;
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        for (GenerationRequest request : requests) {
            sink.accept(request, client(request));
        }
    }

    private ClientRecord client(GenerationRequest request) {
        RandomGenerator random = request.seed().derive("client").generator();
        if (!(request instanceof GenerationRequest.Variation variation)) {
            return clients.random(request.label(), random);
        }
        Payload parent = variation.parent().payload();
        if (!(parent instanceof ClientRecord client)) {
            throw new IllegalArgumentException(
                    "a client cannot be a variation of a " + parent.getClass().getSimpleName());
        }
        return clients.varied(request.label(), client, schedule.rate(variation.iteration()), random);
    }

    @Override
    public void close() {}
}

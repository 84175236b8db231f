package org.privateevolution.generation.tabular;

import java.util.List;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

/** Repairs the rows of a generator that does not know the constraints of the table. */
public final class ObeyingGeneration implements GenerationApi {

    private final GenerationApi api;
    private final Constraints constraints;

    /** @param api generates declared rows; closed with this generator */
    public ObeyingGeneration(GenerationApi api, Constraints constraints) {
        this.api = api;
        this.constraints = constraints;
    }

    @Override
    public boolean replayable() {
        return api.replayable();
    }

    @Override
    public void requireReachable() {
        api.requireReachable();
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        api.generate(
                requests,
                sink.accepting((request, payload) -> sink.accept(
                        request,
                        constraints.repaired(request.label(), payload.row().orElseThrow()))));
    }

    @Override
    public void close() {
        api.close();
    }
}

package org.privateevolution.run;

import java.util.List;
import java.util.function.Supplier;
import org.privateevolution.model.Payload;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

/** Records what a generator spends while it works. */
public final class MeteredGeneration implements GenerationApi {

    private final GenerationApi generator;
    private final Supplier<Usage> usage;
    private final SpendingLog log;

    /** @param usage returns the generator's usage so far */
    public MeteredGeneration(GenerationApi generator, Supplier<Usage> usage, SpendingLog log) {
        this.generator = generator;
        this.usage = usage;
        this.log = log;
    }

    @Override
    public boolean replayable() {
        return generator.replayable();
    }

    @Override
    public void requireReachable() {
        generator.requireReachable();
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        try {
            generator.generate(requests, new Metered(sink));
        } finally {
            log.record(usage.get());
        }
    }

    @Override
    public void close() {
        generator.close();
    }

    private final class Metered implements GenerationSink {
        private final GenerationSink sink;

        Metered(GenerationSink sink) {
            this.sink = sink;
        }

        @Override
        public void accept(GenerationRequest request, Payload payload) {
            sink.accept(request, payload);
            log.recordNowAndThen(usage);
        }

        @Override
        public void reject(GenerationRequest request, String reason) {
            sink.reject(request, reason);
            log.recordNowAndThen(usage);
        }

        @Override
        public void fail(GenerationRequest request, String reason) {
            sink.fail(request, reason);
            log.recordNowAndThen(usage);
        }
    }
}

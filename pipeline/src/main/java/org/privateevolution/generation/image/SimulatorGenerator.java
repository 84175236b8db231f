package org.privateevolution.generation.image;

import java.util.List;
import org.privateevolution.model.Payload;
import org.privateevolution.model.SimulatedImage;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

/**
 * Images of a simulator. Only parameters are generated here; the images are drawn where they are embedded or published.
 */
public final class SimulatorGenerator implements GenerationApi {

    private final Simulator simulator;

    public SimulatorGenerator(Simulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        for (GenerationRequest request : requests) {
            sink.accept(request, image(request));
        }
    }

    @Override
    public void close() {}

    private SimulatedImage image(GenerationRequest request) {
        if (request instanceof GenerationRequest.Variation variation) {
            Payload parent = variation.parent().payload();
            if (!(parent instanceof SimulatedImage image)) {
                throw new IllegalArgumentException("a simulated image cannot be a variation of a "
                        + parent.getClass().getSimpleName());
            }
            return simulator.vary(image, variation.label(), variation.iteration(), variation.seed());
        }
        return simulator.random(request.label(), request.seed());
    }
}

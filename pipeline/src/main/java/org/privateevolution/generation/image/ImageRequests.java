package org.privateevolution.generation.image;

import java.util.List;
import java.util.Optional;
import org.privateevolution.model.ImagePrompts;
import org.privateevolution.spi.GenerationRequest;

/** Turns generation requests into requests to endpoints. */
record ImageRequests(ImagePrompts prompts) {

    ImageRequest of(GenerationRequest.Random request) {
        return of(request, prompts.random(), 0, Optional.empty());
    }

    /** @param parent the parent's encoded image */
    ImageRequest of(GenerationRequest.Variation request, byte[] parent) {
        int votes = request.iteration();
        return of(
                request,
                prompts.variation(),
                votes,
                Optional.of(new ImageRequest.Parent(parent, prompts.degrees().at(votes))));
    }

    private ImageRequest of(
            GenerationRequest request, List<String> byLabel, int votes, Optional<ImageRequest.Parent> parent) {
        return new ImageRequest(
                byLabel.get(request.label()),
                request.label(),
                request.seed().derive("model").generator().nextInt(Integer.MAX_VALUE),
                prompts.guidance().at(votes),
                (int) Math.round(prompts.steps().at(votes)),
                prompts.width(),
                prompts.height(),
                parent);
    }
}

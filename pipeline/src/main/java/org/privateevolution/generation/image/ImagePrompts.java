package org.privateevolution.generation.image;

import java.util.List;
import java.util.Optional;
import org.privateevolution.spi.GenerationRequest;

/**
 * What endpoints are asked for. Public configuration.
 *
 * @param random the prompt of each label for RANDOM_API, in index order
 * @param variation the prompt of each label for VARIATION_API
 * @param width of every image, in pixels
 * @param height of every image, in pixels
 */
public record ImagePrompts(
        List<String> random, List<String> variation, int width, int height, Effort effort, Degrees degrees) {

    public ImagePrompts {
        random = List.copyOf(random);
        variation = List.copyOf(variation);
        if (random.isEmpty() || random.size() != variation.size()) {
            throw new IllegalArgumentException("each label needs a prompt for RANDOM_API and one for VARIATION_API, but"
                    + " there are " + random.size() + " and " + variation.size());
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("images must be at least 1 x 1, but are " + width + " x " + height);
        }
    }

    /**
     * How RANDOM_API draws.
     *
     * @param guidance scale of the classifier-free guidance
     * @param steps of denoising
     */
    public record Effort(double guidance, int steps) {
        public Effort {
            if (!(guidance >= 0 && Double.isFinite(guidance)) || steps < 1) {
                throw new IllegalArgumentException(
                        "guidance must be at least 0 and steps at least 1, but are " + guidance + " and " + steps);
            }
        }
    }

    /**
     * How VARIATION_API draws, by completed votes.
     *
     * @param degree how far an image moves from its parent, at least 0; in the units of the endpoint
     */
    public record Degrees(Schedule degree, Schedule guidance, Schedule steps) {
        public Degrees {
            degree.within("the variation degrees", 0, Double.MAX_VALUE);
            guidance.within("the guidance scales", 0, Double.MAX_VALUE);
            steps.within("the numbers of steps", 1, Integer.MAX_VALUE);
        }
    }

    ImageRequest request(GenerationRequest.Random request) {
        return request(request, random.get(request.label()), effort.guidance(), effort.steps(), Optional.empty());
    }

    /** @param parent the parent's encoded image */
    ImageRequest request(GenerationRequest.Variation request, byte[] parent) {
        int votes = request.iteration();
        return request(
                request,
                variation.get(request.label()),
                degrees.guidance().at(votes),
                (int) Math.round(degrees.steps().at(votes)),
                Optional.of(new ImageRequest.Parent(parent, degrees.degree().at(votes))));
    }

    private ImageRequest request(
            GenerationRequest request,
            String prompt,
            double guidance,
            int steps,
            Optional<ImageRequest.Parent> parent) {
        int seed = request.seed().derive("model").generator().nextInt(Integer.MAX_VALUE);
        return new ImageRequest(prompt, request.label(), seed, guidance, steps, width, height, parent);
    }
}

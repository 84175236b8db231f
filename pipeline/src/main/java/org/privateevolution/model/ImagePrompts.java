package org.privateevolution.model;

import java.util.List;

/**
 * What endpoints are asked for. Public configuration.
 *
 * @param random the prompt of each label for RANDOM_API, in index order
 * @param variation the prompt of each label for VARIATION_API
 * @param width of every image, in pixels
 * @param height of every image, in pixels
 * @param degrees how far VARIATION_API moves an image from its parent, at least 0; in the units of the endpoint
 * @param guidance scale of the classifier-free guidance, at least 0; the first is RANDOM_API's, too
 * @param steps of denoising, at least 1; the first is RANDOM_API's, too
 */
public record ImagePrompts(
        List<String> random,
        List<String> variation,
        int width,
        int height,
        Schedule degrees,
        Schedule guidance,
        Schedule steps) {

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
        degrees.within("the variation degrees", 0, Double.MAX_VALUE);
        guidance.within("the guidance scales", 0, Double.MAX_VALUE);
        steps.within("the numbers of steps", 1, Integer.MAX_VALUE);
    }
}

package org.privateevolution.model;

import java.util.List;

/**
 * The prompts and parameters of requests to image endpoints. Public configuration.
 *
 * @param random prompt for RANDOM_API per label, in index order
 * @param variation prompt for VARIATION_API per label, in index order
 * @param width pixels per row of every image
 * @param height pixels per column of every image
 * @param degrees how far VARIATION_API moves an image from its parent, by completed votes; at least 0, in units of the
 *     endpoint
 * @param guidance scale of the classifier-free guidance, at least 0; RANDOM_API uses the first value, too
 * @param steps number of denoising steps, at least 1; RANDOM_API uses the first value, too
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

package org.privateevolution.generation.image;

import java.util.Optional;

/**
 * A request to an endpoint, independent of its protocol.
 *
 * @param label index of the label
 * @param seed seed of the model's own sampling, 0 to 2^31 - 1
 * @param guidance guidance scale of the model
 * @param steps number of denoising steps
 * @param width width of the image in pixels
 * @param height height of the image in pixels
 * @param parent the image to vary; empty for a fresh image
 */
record ImageRequest(
        String prompt,
        int label,
        int seed,
        double guidance,
        int steps,
        int width,
        int height,
        Optional<Parent> parent) {

    /** An encoded image, and how far to move from it. */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    record Parent(byte[] encoded, double degree) {}
}

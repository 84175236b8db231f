package org.privateevolution.generation.image;

import java.util.Optional;

/**
 * What an endpoint is asked.
 *
 * @param label index of the label
 * @param seed for the model's own sampling, 0 to 2^31 - 1
 * @param parent what is varied; empty for a fresh image
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

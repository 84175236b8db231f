package org.privateevolution.embedding;

import java.io.Serializable;
import org.privateevolution.model.Pixels;

/** Maps images to vectors. A vector depends on its image alone. Runs on executors, hence serialisable. */
public interface ImageEncoder extends Serializable {

    /** Number of floats a vector. */
    int dimension();

    /** Names everything that the vectors depend on; equal fingerprints give equal vectors. */
    String fingerprint();

    /**
     * Writes the vector of an image.
     *
     * @param vectors takes {@link #dimension} finite floats from {@code at} on
     * @throws ModelException if a model cannot be opened here, or fails; the message holds nothing of the image
     */
    void encode(Pixels image, float[] vectors, int at);
}

package org.privateevolution.spi;

import org.privateevolution.model.StoredImage;

/** Stores the encoded synthetic images of a run. */
public interface ImageFiles {

    /**
     * Stores an encoded image; it is durable once this returns. Thread-safe.
     *
     * @param sampleId id of the image's sample; saving it again replaces the image
     * @throws StoreException if storage fails
     */
    StoredImage save(String sampleId, byte[] encoded);

    /**
     * Reads an encoded image.
     *
     * @throws StoreException if it is missing or damaged
     */
    byte[] load(StoredImage image);
}

package org.privateevolution.spi;

import org.privateevolution.model.StoredImage;

/** The encoded synthetic images of a run, on storage. */
public interface ImageFiles {

    /**
     * Puts an encoded image on storage; it is safe once this returns. Safe for use by many threads.
     *
     * @param sampleId id of the sample that it is; saving it again replaces it
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

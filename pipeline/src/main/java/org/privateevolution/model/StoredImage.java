package org.privateevolution.model;

import java.util.Objects;

/**
 * An encoded image on storage.
 *
 * @param location path of the image's file, relative to the run's store, or an absolute URI for an image of a public
 *     pool
 * @param sha256 of the file's bytes, in hexadecimal; a file with another checksum is damaged
 */
public record StoredImage(String location, String sha256) implements Image {
    public StoredImage {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Images with equal content are the same, wherever they are stored. */
    @Override
    public Object identity() {
        return sha256;
    }
}

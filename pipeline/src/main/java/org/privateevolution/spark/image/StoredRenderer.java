package org.privateevolution.spark.image;

import java.io.IOException;
import java.io.InputStream;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.Image;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.StoredImage;
import org.privateevolution.spark.session.HadoopFile;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.spi.StoreException;

/**
 * Reads and decodes images on storage.
 *
 * @param root folder that relative locations start from
 */
record StoredRenderer(String root, ImageDecoder decoder) implements ImageRenderer {
    @Override
    public Pixels render(Image image) {
        if (!(image instanceof StoredImage stored)) {
            throw new IllegalArgumentException(
                    "there is no file of a " + image.getClass().getSimpleName());
        }
        String location = location(stored);
        try {
            return decoder.decode(bytes(location, stored.sha256()));
        } catch (BadImageException e) {
            throw new StoreException(location + " " + e.getMessage());
        }
    }

    private String location(StoredImage stored) {
        boolean absolute =
                stored.location().startsWith("/") || stored.location().matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
        return absolute ? stored.location() : root + "/" + stored.location();
    }

    private static byte[] bytes(String location, String sha256) {
        try (InputStream in = new HadoopFile(location).open()) {
            byte[] bytes = in.readAllBytes();
            if (!Sha256.of(bytes).equals(sha256)) {
                throw new StoreException(
                        StoreException.Reason.DAMAGED, location + " is damaged: its checksum is not " + sha256);
            }
            return bytes;
        } catch (IOException e) {
            throw new StoreException("cannot read the image " + location + ": " + e.getMessage(), e);
        }
    }
}

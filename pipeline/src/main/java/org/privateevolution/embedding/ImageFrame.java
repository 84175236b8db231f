package org.privateevolution.embedding;

import java.io.Serializable;
import java.util.Locale;
import org.privateevolution.image.Resampling;
import org.privateevolution.image.Scaler;
import org.privateevolution.model.Pixels;

/**
 * The size that images are brought to.
 *
 * @param crop whether an image of another shape is cut to the frame's before it is scaled, the same on both sides; else
 *     each side is scaled by its own factor
 */
public record ImageFrame(int width, int height, boolean crop, Resampling resampling) implements Serializable {

    /** The image in the size of the frame. */
    public Pixels fit(Pixels image) {
        return Scaler.scale(crop ? cropped(image) : image, width, height, resampling);
    }

    /** Cut first and scaled then, so that a long thin image never becomes a huge one. */
    private Pixels cropped(Pixels image) {
        int wide = (int) Math.max(1, Math.min(image.width(), Math.round((double) image.height() * width / height)));
        int high = (int) Math.max(1, Math.min(image.height(), Math.round((double) image.width() * height / width)));
        if (wide == image.width() && high == image.height()) {
            return image;
        }
        int left = (image.width() - wide) / 2;
        int top = (image.height() - high) / 2;
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(wide, high), Pixels.CHANNELS)];
        for (int y = 0; y < high; y++) {
            int from = ((top + y) * image.width() + left) * Pixels.CHANNELS;
            System.arraycopy(image.rgb(), from, rgb, y * wide * Pixels.CHANNELS, wide * Pixels.CHANNELS);
        }
        return new Pixels(wide, high, rgb);
    }

    /** For fingerprints. */
    public String described() {
        return width + "x" + height + (crop ? "-crop-" : "-stretch-")
                + resampling.name().toLowerCase(Locale.ROOT);
    }
}

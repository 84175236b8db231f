package org.privateevolution.embedding;

import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImageSpec.Channels;
import org.privateevolution.model.Pixels;
import org.privateevolution.spi.ImageEncoder;

/**
 * Uses the pixels themselves as the vector: scaled to one size and to values of 0 to 1, row by row from the top.
 *
 * @param channels which of a pixel's colour values to use
 */
public record PixelEncoder(ImageFrame frame, Channels channels) implements ImageEncoder {

    /** Part of the fingerprint; increase it when the same images no longer give the same vectors. */
    private static final int VERSION = 1;

    private static final float MOST = 255;
    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    @Override
    public int dimension() {
        return Math.multiplyExact(Math.multiplyExact(frame.width(), frame.height()), grey() ? 1 : Pixels.CHANNELS);
    }

    @Override
    public String fingerprint() {
        return "pixels-" + VERSION + "-" + FramedImage.described(frame) + (grey() ? "-grey" : "-rgb");
    }

    @Override
    public void encode(Pixels image, float[] vectors, int at) {
        byte[] rgb = FramedImage.of(image, frame).rgb();
        boolean grey = grey();
        for (int i = 0; i < dimension(); i++) {
            vectors[at + i] = (grey ? luma(rgb, i * Pixels.CHANNELS) : rgb[i] & 0xFF) / MOST;
        }
    }

    private boolean grey() {
        return channels == Channels.GREY;
    }

    private static float luma(byte[] rgb, int at) {
        return (float) (RED * (rgb[at] & 0xFF) + GREEN * (rgb[at + 1] & 0xFF) + BLUE * (rgb[at + 2] & 0xFF));
    }
}

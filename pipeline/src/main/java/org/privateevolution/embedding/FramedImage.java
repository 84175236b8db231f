package org.privateevolution.embedding;

import java.util.Locale;
import org.privateevolution.image.Scaler;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.Pixels;

/** Fits images into a frame. */
public final class FramedImage {

    private FramedImage() {}

    /** The image at the size of the frame. */
    public static Pixels of(Pixels image, ImageFrame frame) {
        Pixels shaped = frame.fit() == ImageFrame.Fit.CROP ? cropped(image, frame.width(), frame.height()) : image;
        return Scaler.scale(shaped, frame.width(), frame.height(), frame.resampling());
    }

    /** Cuts first and scales then, so that a long thin image never becomes a huge one. */
    private static Pixels cropped(Pixels image, int width, int height) {
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

    /** A text that identifies a frame, for fingerprints. */
    public static String described(ImageFrame frame) {
        String rule = frame.fit() + "-" + frame.resampling();
        return frame.width() + "x" + frame.height() + "-" + rule.toLowerCase(Locale.ROOT);
    }
}

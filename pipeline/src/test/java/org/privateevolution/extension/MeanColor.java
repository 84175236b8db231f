package org.privateevolution.extension;

import org.privateevolution.model.Pixels;
import org.privateevolution.spi.ImageEncoder;
import org.privateevolution.spi.ImageEncoderProvider;
import org.privateevolution.spi.Options;

/** An extension that embeds an image by the mean of its pixels. */
public final class MeanColor implements ImageEncoderProvider {

    @Override
    public String name() {
        return "mean-color";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public ImageEncoder create(Options options) {
        return new Mean();
    }

    private record Mean() implements ImageEncoder {

        @Override
        public int dimension() {
            return Pixels.CHANNELS;
        }

        @Override
        public String fingerprint() {
            return "mean";
        }

        @Override
        public void encode(Pixels image, float[] vectors, int at) {
            byte[] rgb = image.rgb();
            for (int i = 0; i < rgb.length; i++) {
                vectors[at + i % Pixels.CHANNELS] += (rgb[i] & 0xFF) / (255f * rgb.length);
            }
        }
    }
}

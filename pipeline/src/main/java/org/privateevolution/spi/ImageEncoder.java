package org.privateevolution.spi;

import java.io.Serializable;
import org.privateevolution.model.Pixels;

/** Maps images to vectors. A vector depends on its own image only. Runs on executors, hence serialisable. */
public interface ImageEncoder extends Serializable {

    /** The number of floats per vector. */
    int dimension();

    /** Identifies everything that the vectors depend on; equal fingerprints give equal vectors. */
    String fingerprint();

    /**
     * Writes the vector of an image.
     *
     * @param vectors receives {@link #dimension} finite floats from {@code at} on
     * @throws RuntimeException if a model cannot be opened here, or fails; the message contains nothing of the image
     */
    void encode(Pixels image, float[] vectors, int at);

    /**
     * The vectors of fixed public images: grey, colourful, wide, high, and of a single pixel. If two machines compute
     * the same bits for them, they are taken to encode all images alike.
     *
     * @throws RuntimeException as {@link #encode} does
     */
    default float[] probe() {
        int[][] shapes = {{64, 64, 0}, {97, 31, 2_654_435}, {13, 120, 40_503}, {1, 1, 77}};
        float[] vectors = new float[Math.multiplyExact(shapes.length, dimension())];
        for (int i = 0; i < shapes.length; i++) {
            byte[] rgb = new byte[shapes[i][0] * shapes[i][1] * Pixels.CHANNELS];
            for (int j = 0; j < rgb.length; j++) {
                rgb[j] = (byte) (j / Pixels.CHANNELS + (j * shapes[i][2] >> 8));
            }
            encode(new Pixels(shapes[i][0], shapes[i][1], rgb), vectors, i * dimension());
        }
        return vectors;
    }
}

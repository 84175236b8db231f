package org.privateevolution.spark.vectors;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.imageio.ImageIO;
import org.privateevolution.embedding.ModelException;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.Sha256;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.ImageEncoder;

/**
 * Refuses to embed on a machine that computes other vectors than the driver, judged by the bits of the vectors of fixed
 * public samples. A quantised model, for example, gives other vectors on another processor. The vector of a record
 * would then depend on the machine that it is sent to, and the machine on how many other records there are, so that one
 * record could move the votes of others.
 *
 * <p>The samples are embedded once per JVM. A difference that shows on none of them, only on other inputs, is not
 * detected.
 */
public final class EmbeddingProbe implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Digest of the vectors that this JVM computes for the samples, by the embedding's fingerprint. */
    private static final ConcurrentMap<String, String> HERE = new ConcurrentHashMap<>();

    /** Embeds the fixed samples. */
    private interface Samples extends Serializable {
        float[] vectors();
    }

    private final String embedding;
    private final Samples samples;
    private final String onDriver;

    /** Called on the driver. */
    private EmbeddingProbe(String embedding, Samples samples) {
        this.embedding = embedding;
        this.samples = samples;
        this.onDriver = here();
    }

    /** The probe of an embedder. Called on the driver, where it embeds the samples. */
    static EmbeddingProbe of(Embedder embedder) {
        return new EmbeddingProbe(embedder.fingerprint(), embedder::probe);
    }

    /** The probe of an image encoder together with the image decoder. Called on the driver. */
    public static EmbeddingProbe of(ImageEncoder encoder) {
        byte[] jpeg = jpeg();
        return new EmbeddingProbe("decoded-" + encoder.fingerprint(), () -> decoded(jpeg, encoder));
    }

    /** @throws ModelException if the vectors here differ from the driver's, or cannot be computed */
    public void requireSame() {
        if (!here().equals(onDriver)) {
            throw new ModelException("an executor computes other vectors than the driver (another processor or library"
                    + " version): run on machines of one kind");
        }
    }

    private String here() {
        return HERE.computeIfAbsent(embedding, embedding -> digest(samples.vectors()));
    }

    private static String digest(float[] vectors) {
        ByteBuffer bytes = ByteBuffer.allocate(vectors.length * Float.BYTES);
        bytes.asFloatBuffer().put(vectors);
        return Sha256.of(bytes.array());
    }

    private static float[] decoded(byte[] jpeg, ImageEncoder encoder) {
        float[] others = encoder.probe();
        float[] vectors = Arrays.copyOf(others, others.length + encoder.dimension());
        try {
            encoder.encode(new ImageDecoder(ImageDecoder.MOST_PIXELS).decode(jpeg), vectors, others.length);
        } catch (BadImageException e) {
            throw new ModelException("a JPEG file of this program cannot be decoded here: it " + e.getMessage()
                    + "; run on machines of one kind");
        }
        return vectors;
    }

    /** A colourful pattern, in which differences of rounding show. */
    private static byte[] jpeg() {
        int side = 61;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.setRGB(x, y, (x * y * 2_654_435 + 97 * x + 7919 * y) & 0xFFFFFF);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

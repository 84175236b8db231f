package org.privateevolution.embedding;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Sha256;
import org.privateevolution.spi.ImageEncoder;

/**
 * Embeds images with an ONNX graph in this process: Inception, CLIP, DINO, EfficientNet or any other encoder.
 *
 * <p>An instance carries only the name of the model. Each JVM opens the file when it first embeds, checks that it is
 * the file this encoder was created with, and shares the session between its tasks.
 */
public final class OnnxImageEncoder implements ImageEncoder {

    private static final long serialVersionUID = 1L;

    /** Part of the fingerprint; increase it when the same model no longer gives the same vectors. */
    private static final int VERSION = 2;

    /** The open models of this JVM. */
    private static final ConcurrentMap<Session, ImageGraph> OPEN = new ConcurrentHashMap<>();

    private record Session(String fingerprint, int threads) {}

    private final ImageModel model;
    private final int threads;
    private final String fingerprint;
    private final int dimension;

    private OnnxImageEncoder(ImageModel model, int threads, String fingerprint, int dimension) {
        this.model = model;
        this.threads = threads;
        this.fingerprint = fingerprint;
        this.dimension = dimension;
    }

    /**
     * Opens a model in this JVM and runs it once, to learn its dimension and checksum.
     *
     * @param threads threads per inference, at least 1: the cores of a task
     * @throws ModelException if the file cannot be read, the model does not match its declaration, or a CUDA device is
     *     requested and there is none
     */
    public static OnnxImageEncoder open(ImageModel model, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ": it must be 1 or greater");
        }
        byte[] graph = model.file().content();
        String fingerprint = fingerprint(model, graph);
        ImageGraph opened =
                OPEN.computeIfAbsent(new Session(fingerprint, threads), key -> ImageGraph.open(model, graph, threads));
        return new OnnxImageEncoder(model, threads, fingerprint, opened.dimension());
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public void encode(Pixels image, float[] vectors, int at) {
        OPEN.computeIfAbsent(new Session(fingerprint, threads), key -> reopened())
                .encode(image, vectors, at);
    }

    private ImageGraph reopened() {
        byte[] graph = model.file().content();
        if (!fingerprint(model, graph).equals(fingerprint)) {
            throw new ModelException("the model " + model.file() + " is not the same file here as where the run was"
                    + " started, or ONNX Runtime is of another version: put the same on all machines");
        }
        return ImageGraph.open(model, graph, threads);
    }

    private static String fingerprint(ImageModel model, byte[] graph) {
        String content = String.join("\n", Sha256.of(graph), model.described(), OnnxSessions.runtimeVersion());
        return "onnx-image-" + VERSION + "-" + Sha256.of(content);
    }
}

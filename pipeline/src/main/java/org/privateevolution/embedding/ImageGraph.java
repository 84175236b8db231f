package org.privateevolution.embedding;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.privateevolution.model.EncoderSettings;
import org.privateevolution.model.Pixels;

/**
 * An image encoder in memory. Thread-safe; lives as long as the JVM.
 *
 * <p>Images never share an inference. In a batch, a quantised graph lets the vector of one private record depend on the
 * others, so that one record could move more than the single vote that the noise is calibrated for.
 */
final class ImageGraph {

    private static final int RANK = 4;
    private static final float MOST = 255;

    private final OrtSession session;
    private final ImageModel model;
    private final EncoderSettings settings;
    private final String input;
    private final String output;
    private final int dimension;

    private ImageGraph(OrtSession session, ImageModel model) throws OrtException {
        this.session = session;
        this.model = model;
        this.settings = model.settings();
        this.input = onlyInput();
        this.output = OnnxSessions.output(session, model.file().toString(), settings.output(), 0, "");
        this.dimension = probedDimension();
    }

    /**
     * Opens a model and runs it once, on a black image.
     *
     * @throws ModelException if the model cannot be opened, or does not match its declaration
     */
    static ImageGraph open(ImageModel model, byte[] graph, int threads) {
        return OnnxSessions.open(
                model.file().toString(), graph, threads, model.cuda(), session -> new ImageGraph(session, model));
    }

    int dimension() {
        return dimension;
    }

    /** Writes the vector of an image. */
    void encode(Pixels image, float[] vectors, int at) {
        float[] vector = vector(image);
        if (vector.length != dimension) {
            throw new ModelException("the model " + model.file() + " gives vectors of different dimensions");
        }
        double[] sums = new double[dimension];
        Arrays.setAll(sums, j -> vector[j]);
        if (!VectorWriter.write(sums, 1, settings.normalize(), vectors, at)) {
            throw new ModelException("the model " + model.file() + " gave an image a vector with NaN or infinity");
        }
    }

    private float[] vector(Pixels image) {
        try {
            return run(tensorValues(FramedImage.of(image, settings.frame())));
        } catch (OrtException e) {
            // The exception's message and cause are left out, because they may hold private input.
            throw new ModelException(
                    "the model " + model.file() + " failed on an image: ONNX Runtime's " + e.getCode());
        }
    }

    /** The pixels in the order of the input's axes. */
    private float[] tensorValues(Pixels image) {
        int pixels = image.width() * image.height();
        float[] values = new float[pixels * Pixels.CHANNELS];
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            double mean = settings.mean().get(channel);
            double std = settings.std().get(channel);
            for (int i = 0; i < pixels; i++) {
                double share = (image.rgb()[i * Pixels.CHANNELS + channel] & 0xFF) / MOST;
                int at = model.channelsLast() ? i * Pixels.CHANNELS + channel : channel * pixels + i;
                values[at] = (float) ((share - mean) / std);
            }
        }
        return values;
    }

    private float[] run(float[] values) throws OrtException {
        long width = settings.frame().width();
        long height = settings.frame().height();
        long[] shape = model.channelsLast()
                ? new long[] {1, height, width, Pixels.CHANNELS}
                : new long[] {1, Pixels.CHANNELS, height, width};
        try (OnnxTensor tensor = OnnxTensor.createTensor(OnnxSessions.environment(), FloatBuffer.wrap(values), shape);
                OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
            FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] vector = new float[buffer.remaining()];
            buffer.get(vector);
            return vector;
        }
    }

    private String onlyInput() throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        if (inputs.size() == 1) {
            NodeInfo only = inputs.values().iterator().next();
            if (only.getInfo() instanceof TensorInfo tensor
                    && tensor.type == OnnxJavaType.FLOAT
                    && tensor.getShape().length == RANK) {
                return only.getName();
            }
        }
        throw new ModelException("the model " + model.file() + " takes " + inputs.values()
                + ": only a single float input with 4 axes is supported; export the model as a plain image encoder");
    }

    private int probedDimension() {
        float[] black = new float[settings.frame().width() * settings.frame().height() * Pixels.CHANNELS];
        try {
            int probed = run(black).length;
            if (probed < 1) {
                throw new ModelException("the model " + model.file() + " gives empty vectors");
            }
            return probed;
        } catch (OrtException e) {
            throw new ModelException(
                    "the model " + model.file() + " does not run on an image of "
                            + settings.frame().width() + " x "
                            + settings.frame().height() + (model.channelsLast() ? " (nhwc)" : " (nchw)") + ": "
                            + e.getMessage(),
                    e);
        }
    }
}

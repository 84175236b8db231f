package org.privateevolution.embedding;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.privateevolution.model.SentenceSettings;

/**
 * A sentence-transformer in memory: one text in, one vector out. Thread-safe; lives as long as the JVM.
 *
 * <p>Texts never share an inference. A quantised graph scales its integers by the largest activation of the whole
 * batch. In a batch, the vector of one private record would therefore depend on the others, and so would their votes:
 * one record could move more than the single vote that the noise is calibrated for. The vectors would change, too: for
 * the quantised MiniLM, the cosine between the vectors of a text alone and in a batch of 8 goes down to 0.98. Single
 * inferences cost nothing: on one thread, batches of 8 are no faster for short texts, and half as fast if padding makes
 * lengths equal.
 */
final class SentenceEncoder {

    private static final String INPUT_IDS = "input_ids";
    private static final Set<String> INPUTS = Set.of(INPUT_IDS, "attention_mask", "token_type_ids");
    private static final int OUTPUT_RANK = 3;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final TextTokenizer tokenizer;
    private final SentenceModel model;
    private final SentenceSettings settings;
    private final String output;
    private final int dimension;

    private SentenceEncoder(
            OrtEnvironment environment, OrtSession session, TextTokenizer tokenizer, SentenceModel model)
            throws OrtException {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
        this.model = model;
        this.settings = model.settings();
        requireKnownInputs();
        this.output = OnnxSessions.output(
                session, model.model().toString(), settings.output(), OUTPUT_RANK, " [texts, tokens, dimension]");
        this.dimension = probedDimension();
    }

    /**
     * Opens a model and runs it once, on a text of the largest length.
     *
     * @param threads threads per inference
     * @throws ModelException if the model cannot be opened, does not match its declaration, or does not accept that
     *     length
     */
    static SentenceEncoder open(SentenceModel model, byte[] graph, byte[] tokenizerJson, int threads) {
        TextTokenizer tokenizer =
                TextTokenizer.open(tokenizerJson, model.settings().maxTokens());
        return OnnxSessions.open(
                model.model().toString(),
                graph,
                threads,
                false,
                session -> new SentenceEncoder(OnnxSessions.environment(), session, tokenizer, model));
    }

    int dimension() {
        return dimension;
    }

    /** Writes the vector of a text; zeros if the text has no token, including special ones. */
    void encode(String text, float[] vectors, int at) {
        Encoding tokens = tokenizer.tokens(text);
        int count = tokens.getIds().length;
        if (count == 0) {
            Arrays.fill(vectors, at, at + dimension, 0);
            return;
        }
        float[] states = new float[Math.multiplyExact(count, dimension)];
        try {
            run(tokens, buffer -> buffer.get(states));
        } catch (OrtException e) {
            // The exception's message and cause are left out, because they may hold tokens.
            throw new ModelException("the model " + model.model() + " failed on a text: ONNX Runtime's " + e.getCode());
        }
        pool(states, count, vectors, at);
    }

    private void pool(float[] states, int count, float[] vectors, int at) {
        int pooled = settings.pooling() == SentenceSettings.Pooling.MEAN ? count : 1;
        double[] sums = new double[dimension];
        for (int token = 0; token < pooled; token++) {
            for (int j = 0; j < dimension; j++) {
                sums[j] += states[token * dimension + j];
            }
        }
        if (!VectorWriter.write(sums, pooled, settings.normalize(), vectors, at)) {
            throw new ModelException("the model " + model.model() + " gave a text a vector with NaN or infinity");
        }
    }

    private interface States {
        void read(FloatBuffer states);
    }

    /** Runs the graph on one text and passes {@code [tokens, dimension]} floats to {@code reader}. */
    private long[] run(Encoding tokens, States reader) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String name : session.getInputNames()) {
                inputs.put(name, tensor(values(name, tokens)));
            }
            try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
                OnnxTensor states = (OnnxTensor) result.get(0);
                reader.read(states.getFloatBuffer());
                return states.getInfo().getShape();
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    private static long[] values(String input, Encoding tokens) {
        return switch (input) {
            case INPUT_IDS -> tokens.getIds();
            case "attention_mask" -> tokens.getAttentionMask();
            default -> tokens.getTypeIds();
        };
    }

    private void requireKnownInputs() throws OrtException {
        for (NodeInfo input : session.getInputInfo().values()) {
            boolean integers = input.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.INT64;
            if (!INPUTS.contains(input.getName()) || !integers) {
                throw new ModelException("the model " + model.model() + " takes an input '" + input.getName() + "' of "
                        + input.getInfo() + ": only int64 inputs named "
                        + String.join(", ", INPUTS.stream().sorted().toList())
                        + " are supported; export the model as a plain encoder");
            }
        }
        if (!session.getInputNames().contains(INPUT_IDS)) {
            throw new ModelException("the model " + model.model() + " has no input '" + INPUT_IDS + "': it is not a"
                    + " sentence-transformer");
        }
    }

    private int probedDimension() {
        Encoding tokens = tokenizer.tokens("a ".repeat(settings.maxTokens()));
        long[] shape;
        try {
            shape = run(tokens, states -> {});
        } catch (OrtException e) {
            throw new ModelException(
                    "the model " + model.model() + " does not run on a text of " + tokens.getIds().length
                            + " tokens: lower text.embedding.max_tokens, or use the tokenizer that belongs to the"
                            + " model",
                    e);
        }
        if (shape.length != OUTPUT_RANK || shape[0] != 1 || shape[1] != tokens.getIds().length || shape[2] < 1) {
            throw new ModelException("the model " + model.model() + " gives its output '" + output + "' the shape "
                    + Arrays.toString(shape) + " for 1 text of " + tokens.getIds().length
                    + " tokens: name the output that holds [texts, tokens, dimension]");
        }
        return Math.toIntExact(shape[2]);
    }
}

package org.privateevolution.embedding;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;

/**
 * Embeds texts with a sentence-transformer in this process: Sentence-BERT (Reimers and Gurevych 2019), as Aug-PE (Xie
 * et al. 2024) uses it, run by the ONNX Runtime.
 *
 * <p>An instance carries only the name of the model. Each JVM opens the files when it first embeds, checks that they
 * are the files this embedder was created with, and shares the session between its tasks. The vector of a text depends
 * on that text only, not on the others in the call (see {@link SentenceEncoder}).
 */
public final class OnnxTextEmbedder implements Embedder {

    private static final long serialVersionUID = 1L;

    /** Part of the fingerprint; increase it when the same model no longer gives the same vectors. */
    private static final int VERSION = 2;

    /** The open models of this JVM, by fingerprint and threads. */
    private static final ConcurrentMap<Session, SentenceEncoder> OPEN = new ConcurrentHashMap<>();

    private record Session(String fingerprint, int threads) {}

    /** From no words to more than a model accepts, in several scripts. */
    private static final List<Text> PROBES = Stream.of(
                    "",
                    "Hello.",
                    "The quick brown fox jumps over the lazy dog, 42 times a day; isn't it tired?",
                    "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.",
                    "いろはにほへと ちりぬるを — съешь же ещё этих мягких французских булок",
                    "{\"id\": 17, \"total\": -3.25e-4, \"url\": \"https://example.org/?q=a+b\"}\n\t#!",
                    "A long report repeats itself before it comes to its point. ".repeat(40))
            .map(Text::new)
            .toList();

    private final SentenceModel model;
    private final int threads;
    private final String fingerprint;
    private final int dimension;

    OnnxTextEmbedder(SentenceModel model, int threads, String fingerprint, int dimension) {
        this.model = model;
        this.threads = threads;
        this.fingerprint = fingerprint;
        this.dimension = dimension;
    }

    /** Opens a model that uses one thread per task. */
    public static OnnxTextEmbedder open(SentenceModel model) {
        return open(model, 1);
    }

    /**
     * Opens a model in this JVM and runs it once, to learn its dimension and checksums.
     *
     * @param threads threads per inference, at least 1: the cores of a task
     * @throws ModelException if a file cannot be read, or the model does not match its declaration
     */
    public static OnnxTextEmbedder open(SentenceModel model, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ": it must be 1 or greater");
        }
        byte[] graph = model.model().content();
        byte[] tokenizer = model.tokenizer().content();
        String fingerprint = fingerprint(model, graph, tokenizer);
        SentenceEncoder encoder = OPEN.computeIfAbsent(
                new Session(fingerprint, threads), key -> SentenceEncoder.open(model, graph, tokenizer, threads));
        return new OnnxTextEmbedder(model, threads, fingerprint, encoder.dimension());
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * Embeds {@link Text}s. Any Java string is accepted: texts are truncated to the model's largest number of tokens,
     * and an unpaired surrogate is read as U+FFFD.
     *
     * @throws ModelException if the model cannot be opened here, or fails; the message contains nothing of the texts
     */
    @Override
    public float[] embed(List<? extends Payload> payloads) {
        float[] vectors = new float[Math.multiplyExact(payloads.size(), dimension)];
        SentenceEncoder encoder = OPEN.computeIfAbsent(new Session(fingerprint, threads), key -> reopened());
        int at = 0;
        for (Payload payload : payloads) {
            if (!(payload instanceof Text text)) {
                throw new IllegalArgumentException("the text embedding takes texts, not "
                        + payload.getClass().getSimpleName());
            }
            encoder.encode(text.value(), vectors, at);
            at += dimension;
        }
        return vectors;
    }

    @Override
    public float[] probe() {
        return embed(PROBES);
    }

    private SentenceEncoder reopened() {
        byte[] graph = model.model().content();
        byte[] tokenizer = model.tokenizer().content();
        if (!fingerprint(model, graph, tokenizer).equals(fingerprint)) {
            throw new ModelException("the model " + model.model() + " or its tokenizer, " + model.tokenizer()
                    + ", is not the same file here as where the run was started, or ONNX Runtime is of another version:"
                    + " put the same on all machines");
        }
        return SentenceEncoder.open(model, graph, tokenizer, threads);
    }

    private static String fingerprint(SentenceModel model, byte[] graph, byte[] tokenizer) {
        String content = String.join(
                "\n",
                Sha256.of(graph),
                Sha256.of(tokenizer),
                model.settings().pooling().name(),
                Boolean.toString(model.settings().normalize()),
                Integer.toString(model.settings().maxTokens()),
                model.settings().output(),
                OnnxSessions.runtimeVersion());
        return "onnx-text-" + VERSION + "-" + Sha256.of(content);
    }
}

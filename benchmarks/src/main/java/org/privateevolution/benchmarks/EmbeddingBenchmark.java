package org.privateevolution.benchmarks;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.privateevolution.embedding.OnnxTextEmbedder;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.model.Text;

/**
 * The text embedding against its bare model, all-MiniLM-L6-v2 quantised, on one thread and in turns. For the bare
 * model, tokens are computed before the clock starts, and vectors are not pooled; it is measured text by text, and in
 * padded batches of 8 texts of similar length.
 *
 * <p>Arguments: a file with one text per line, number of texts, rounds.
 */
public final class EmbeddingBenchmark {

    private static final int BATCH = 8;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    private EmbeddingBenchmark(OrtSession session) {
        this.session = session;
    }

    public static void main(String[] arguments) throws Exception {
        List<Text> texts = Files.readAllLines(Path.of(arguments[0])).stream()
                .filter(line -> !line.isBlank())
                .limit(Integer.parseInt(arguments[1]))
                .map(Text::new)
                .toList();
        SentenceModel model = SentenceModel.miniLm();
        OnnxTextEmbedder embedder = OnnxTextEmbedder.open(model);
        try (InputStream graph = model.model().open();
                InputStream tokenizerJson = model.tokenizer().open();
                OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                        tokenizerJson,
                        Map.of(
                                "modelMaxLength",
                                Integer.toString(model.settings().maxTokens()),
                                "maxLength",
                                Integer.toString(model.settings().maxTokens()),
                                "truncation",
                                "longest_first",
                                "padding",
                                "do_not_pad"))) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(graph.readAllBytes(), options)) {
                List<long[]> tokens = texts.stream()
                        .map(text -> tokenizer.encode(text.value()))
                        .map(Encoding::getIds)
                        .toList();
                new EmbeddingBenchmark(session).compare(embedder, texts, tokens, Integer.parseInt(arguments[2]));
            }
        }
    }

    private void compare(OnnxTextEmbedder embedder, List<Text> texts, List<long[]> tokens, int rounds)
            throws OrtException {
        double mean = tokens.stream().mapToInt(ids -> ids.length).average().orElseThrow();
        System.out.printf(Locale.ROOT, "%d texts of %.1f tokens%n", texts.size(), mean);
        double[] ours = new double[rounds];
        double[] alone = new double[rounds];
        double[] batched = new double[rounds];
        // The first round is a warm-up.
        for (int round = -1; round < rounds; round++) {
            long start = System.nanoTime();
            embedder.embed(texts);
            double embedding = rate(texts, start);
            start = System.nanoTime();
            run(tokens, 1);
            double one = rate(texts, start);
            start = System.nanoTime();
            run(tokens, BATCH);
            double eight = rate(texts, start);
            System.out.printf(
                    Locale.ROOT,
                    "%s embedding %.1f texts/s, bare one by one %.1f, bare in batches of %d %.1f%n",
                    round < 0 ? "warm-up:" : "round " + (round + 1) + ":",
                    embedding,
                    one,
                    BATCH,
                    eight);
            if (round >= 0) {
                ours[round] = embedding;
                alone[round] = embedding / one;
                batched[round] = embedding / eight;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "embedding: median %.1f texts/s a core; over bare one by one %s, over bare batches %s%n",
                median(ours),
                spread(alone),
                spread(batched));
    }

    private void run(List<long[]> tokens, int batch) throws OrtException {
        List<long[]> sorted = new ArrayList<>(tokens);
        if (batch > 1) {
            sorted.sort(Comparator.comparingInt(ids -> ids.length));
        }
        for (int first = 0; first < sorted.size(); first += batch) {
            infer(sorted.subList(first, Math.min(sorted.size(), first + batch)));
        }
    }

    private void infer(List<long[]> texts) throws OrtException {
        int length = texts.stream().mapToInt(ids -> ids.length).max().orElseThrow();
        long[] ids = new long[texts.size() * length];
        long[] mask = new long[ids.length];
        for (int text = 0; text < texts.size(); text++) {
            long[] own = texts.get(text);
            System.arraycopy(own, 0, ids, text * length, own.length);
            Arrays.fill(mask, text * length, text * length + own.length, 1);
        }
        long[] shape = {texts.size(), length};
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idTensor, "attention_mask", maskTensor, "token_type_ids", types))) {
            result.get(0);
        }
    }

    private static double rate(List<Text> texts, long start) {
        return texts.size() * 1e9 / (System.nanoTime() - start);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String spread(double[] ratios) {
        double[] sorted = ratios.clone();
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median(ratios), sorted[0], sorted[sorted.length - 1]);
    }
}

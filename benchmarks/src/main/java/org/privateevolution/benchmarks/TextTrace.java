package org.privateevolution.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.privateevolution.embedding.OnnxTextEmbedder;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.evolution.Selector;
import org.privateevolution.model.RunSpec.PopulationRule;
import org.privateevolution.model.RunSpec.Selection;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

/**
 * Evolves public texts toward private ones and records the vectors. VARIATION_API blanks words out and fills them in,
 * for which Aug-PE (Xie et al. 2024) uses a masked language model; here a bigram model of the public texts does it, so
 * that a run needs no endpoint.
 */
public final class TextTrace {

    private static final String USAGE =
            """
            usage: record-trace text PRIVATE PUBLIC FOLDER [CANDIDATES 4000] [VOTES 5] [PARTS 1]
              PRIVATE, PUBLIC    one text a line
              FOLDER             receives the trace. It holds the embedded PRIVATE TEXTS: keep it as safe as them
              PARTS              a text is cut in so many parts, and its vector is theirs, one after the other
            """;
    private static final int VARIATIONS = 3;
    private static final double BLANKED = 0.4;
    private static final double NOISE_MULTIPLIER = 2;

    private final Random random = new Random(1);
    private final Embedder embedder;
    private final int parts;
    private final List<String> pool;
    private final Map<String, List<String>> followers = new HashMap<>();

    private TextTrace(Embedder embedder, int parts, List<String> pool) {
        this.embedder = embedder;
        this.parts = parts;
        this.pool = pool;
        for (String text : pool) {
            String last = "";
            for (String word : words(text)) {
                followers.computeIfAbsent(last, w -> new ArrayList<>()).add(word);
                last = word;
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3 || arguments.length > 6) {
            System.err.print(USAGE);
            System.exit(2);
        }
        List<String> privateTexts = Files.readAllLines(Path.of(arguments[0]));
        List<String> publicTexts = Files.readAllLines(Path.of(arguments[1]));
        int candidates = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 4000;
        int votes = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 5;
        int parts = arguments.length > 5 ? Integer.parseInt(arguments[5]) : 1;
        new TextTrace(OnnxTextEmbedder.open(SentenceModel.miniLm()), parts, publicTexts)
                .run(privateTexts, Path.of(arguments[2]), candidates, votes);
    }

    private void run(List<String> privateTexts, Path folder, int size, int votes) throws IOException {
        int dimension = embedder.dimension() * parts;
        float[] queries = embed(privateTexts);
        Trace.Recorder trace = Trace.record(folder, dimension, queries, 0, privateTexts.size());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(i < pool.size() ? pool.get(i) : vary(pool.get(i % pool.size())));
        }
        float[] candidates = embed(texts);
        int[] parents = new int[size];
        Arrays.fill(parents, -1);
        PopulationRule rule = new PopulationRule(Selection.RANK, OptionalDouble.empty(), VARIATIONS, true);
        for (int vote = 1; vote <= votes; vote++) {
            trace.vote(candidates, new int[] {0, size}, parents);
            System.err.println("vote " + vote + " of " + votes);
            int[] nearest = new int[privateTexts.size()];
            Kernels.calibrated()
                    .index(Metric.L2, dimension, List.of(candidates))
                    .search(queries, 0, nearest.length, 1, nearest);
            double[] noisy = new double[size];
            Arrays.setAll(noisy, i -> NOISE_MULTIPLIER * random.nextGaussian());
            for (int candidate : nearest) {
                noisy[candidate]++;
            }
            int[] winners = Selector.select(rule, noisy, size / (1 + VARIATIONS), random)
                    .indices();
            List<String> next = new ArrayList<>();
            parents = new int[size];
            for (int i = 0; i < size; i++) {
                parents[i] = winners[i / (1 + VARIATIONS) % winners.length];
                String parent = texts.get(parents[i]);
                next.add(i % (1 + VARIATIONS) == 0 ? parent : vary(parent));
            }
            texts = next;
            candidates = embed(texts);
        }
    }

    private float[] embed(List<String> texts) {
        List<Text> pieces = new ArrayList<>();
        for (String text : texts) {
            String[] words = words(text);
            for (int part = 0; part < parts; part++) {
                pieces.add(new Text(String.join(
                        " ",
                        Arrays.copyOfRange(words, words.length * part / parts, words.length * (part + 1) / parts))));
            }
        }
        int half = pieces.size() / 2;
        float[][] halves = new float[2][];
        Thread other = new Thread(() -> halves[1] = embedder.embed(pieces.subList(half, pieces.size())));
        other.start();
        halves[0] = embedder.embed(pieces.subList(0, half));
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        float[] vectors = Arrays.copyOf(halves[0], halves[0].length + halves[1].length);
        System.arraycopy(halves[1], 0, vectors, halves[0].length, halves[1].length);
        return vectors;
    }

    private String vary(String text) {
        String[] words = words(text);
        String last = "";
        for (int i = 0; i < words.length; i++) {
            if (random.nextDouble() < BLANKED) {
                List<String> choices = followers.getOrDefault(last, followers.get(""));
                words[i] = choices.get(random.nextInt(choices.size()));
            }
            last = words[i];
        }
        return String.join(" ", words);
    }

    private static String[] words(String text) {
        return text.split(" ", -1);
    }
}

package org.privateevolution.generation.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Texts from a public corpus, without any model: RANDOM_API draws one, VARIATION_API draws one of the k nearest others of
 * its label (the text twin of the reference's NearestImage). A text is a pure function of its request.
 */
public final class PublicTextGenerator implements GenerationApi {

    /** The largest k: the search finds the text itself, too. */
    public static final int MAX_NEIGHBORS = CandidateIndex.MAX_NEIGHBORS - 1;

    private static final int EMBED_BATCH = 256;

    private final List<Pool> pools;
    private final List<Integer> neighbors;
    private final Embedder embedder;
    private final NearestNeighborKernel kernel;
    private final Metric metric;

    /**
     * @param texts the public texts of each label, in index order; repeated ones count once
     * @param neighbors k by completed votes, each 1 to {@link #MAX_NEIGHBORS}; the last holds from there on
     * @throws IllegalArgumentException if a label has no text or a k is out of range
     */
    public PublicTextGenerator(
            List<List<String>> texts,
            List<Integer> neighbors,
            Embedder embedder,
            NearestNeighborKernel kernel,
            Metric metric) {
        if (neighbors.isEmpty() || !neighbors.stream().allMatch(k -> k >= 1 && k <= MAX_NEIGHBORS)) {
            throw new IllegalArgumentException(
                    "neighbors must be one or more numbers from 1 to " + MAX_NEIGHBORS + ", but are " + neighbors);
        }
        this.pools = new ArrayList<>();
        for (List<String> label : texts) {
            List<Text> distinct = label.stream().distinct().map(Text::new).toList();
            if (distinct.isEmpty()) {
                throw new IllegalArgumentException("label " + pools.size() + " has no public text");
            }
            pools.add(new Pool(distinct));
        }
        this.neighbors = List.copyOf(neighbors);
        this.embedder = embedder;
        this.kernel = kernel;
        this.metric = metric;
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        Map<Integer, Map<Payload, List<GenerationRequest.Variation>>> variations = new LinkedHashMap<>();
        for (GenerationRequest request : requests) {
            if (request instanceof GenerationRequest.Variation variation) {
                variations
                        .computeIfAbsent(variation.label(), label -> new LinkedHashMap<>())
                        .computeIfAbsent(variation.parent().payload(), parent -> new ArrayList<>())
                        .add(variation);
            } else {
                List<Text> texts = pools.get(request.label()).texts;
                sink.accept(request, texts.get(request.seed().generator().nextInt(texts.size())));
            }
        }
        variations.forEach((label, byParent) -> pools.get(label).vary(byParent, sink));
    }

    @Override
    public void close() {}

    private int neighbors(int iteration) {
        return neighbors.get(Math.min(iteration, neighbors.size() - 1));
    }

    private float[] embed(List<? extends Payload> texts) {
        int dimension = embedder.dimension();
        float[] vectors = new float[texts.size() * dimension];
        for (int from = 0; from < texts.size(); from += EMBED_BATCH) {
            float[] batch = embedder.embed(texts.subList(from, Math.min(texts.size(), from + EMBED_BATCH)));
            System.arraycopy(batch, 0, vectors, from * dimension, batch.length);
        }
        return vectors;
    }

    /** The texts of one label; embedded when they are first searched. */
    private final class Pool {
        private final List<Text> texts;
        private CandidateIndex index;
        private float[] vectors;
        private Map<Payload, Integer> rows;

        Pool(List<Text> texts) {
            this.texts = texts;
        }

        private void open() {
            if (index == null) {
                vectors = embed(texts);
                index = kernel.index(metric, embedder.dimension(), List.of(vectors));
                rows = new HashMap<>();
                for (int i = 0; i < texts.size(); i++) {
                    rows.put(texts.get(i), i);
                }
            }
        }

        void vary(Map<Payload, List<GenerationRequest.Variation>> byParent, GenerationSink sink) {
            open();
            List<Payload> parents = List.copyOf(byParent.keySet());
            int widest = byParent.values().stream()
                    .flatMap(List::stream)
                    .mapToInt(variation -> neighbors(variation.iteration()))
                    .max()
                    .orElseThrow();
            int found = Math.min(widest + 1, texts.size());
            int[] nearest = new int[parents.size() * found];
            index.search(queries(parents), 0, parents.size(), found, nearest);
            for (int i = 0; i < parents.size(); i++) {
                List<Text> others = new ArrayList<>();
                for (int j = 0; j < found; j++) {
                    Text text = texts.get(nearest[i * found + j]);
                    if (!text.equals(parents.get(i))) {
                        others.add(text);
                    }
                }
                for (GenerationRequest.Variation variation : byParent.get(parents.get(i))) {
                    RandomGenerator random = variation.seed().generator();
                    int k = Math.min(neighbors(variation.iteration()), others.size());
                    sink.accept(variation, k == 0 ? texts.get(0) : others.get(random.nextInt(k)));
                }
            }
        }

        /** Vectors of the parents: nearly all are texts of this pool, whose vectors are known. */
        private float[] queries(List<Payload> parents) {
            int dimension = embedder.dimension();
            List<Payload> strangers =
                    parents.stream().filter(parent -> !rows.containsKey(parent)).toList();
            float[] strange = embed(strangers);
            float[] queries = new float[parents.size() * dimension];
            int next = 0;
            for (int i = 0; i < parents.size(); i++) {
                Integer row = rows.get(parents.get(i));
                float[] from = row == null ? strange : vectors;
                int at = row == null ? next++ : row;
                System.arraycopy(from, at * dimension, queries, i * dimension, dimension);
            }
            return queries;
        }
    }
}

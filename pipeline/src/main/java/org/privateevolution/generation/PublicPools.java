package org.privateevolution.generation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.privateevolution.model.Payload;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Draws samples from public pools, one per label, without a model: RANDOM_API draws a sample, VARIATION_API draws one
 * of the k nearest others of its label (the reference's NearestImage). A sample is a pure function of its request.
 */
public final class PublicPools implements GenerationApi {

    /** The greatest k. One less than the search allows, because the search also finds the sample itself. */
    public static final int MAX_NEIGHBORS = CandidateIndex.MAX_NEIGHBORS - 1;

    private final List<Pool> pools;
    private final List<Integer> neighbors;
    private final Vectors vectors;
    private final NearestNeighborKernel kernel;
    private final Metric metric;

    /** Provides the vectors that determine which samples are near each other. */
    public interface Vectors {

        /** Number of floats per vector. */
        int dimension();

        /**
         * Returns the vectors of a label's whole pool, row by row. Called at most once per label, before the first
         * search.
         */
        float[] ofPool(int label, List<? extends Payload> pool);

        /** Returns the vectors of samples that are in no pool. */
        float[] ofOthers(List<? extends Payload> samples);
    }

    /**
     * @param samples the public samples of each label, in index order, without repetition
     * @param neighbors k by completed votes, each 1 to {@link #MAX_NEIGHBORS}; the last value holds for all later votes
     * @throws IllegalArgumentException if a label has no sample or a k is out of range
     */
    public PublicPools(
            List<? extends List<? extends Payload>> samples,
            List<Integer> neighbors,
            Vectors vectors,
            NearestNeighborKernel kernel,
            Metric metric) {
        if (neighbors.isEmpty() || !neighbors.stream().allMatch(k -> k >= 1 && k <= MAX_NEIGHBORS)) {
            throw new IllegalArgumentException(
                    "neighbors must be one or more numbers from 1 to " + MAX_NEIGHBORS + ", but are " + neighbors);
        }
        this.pools = new ArrayList<>();
        for (List<? extends Payload> ofLabel : samples) {
            if (ofLabel.isEmpty()) {
                throw new IllegalArgumentException("label " + pools.size() + " has no public sample");
            }
            pools.add(new Pool(pools.size(), List.copyOf(ofLabel)));
        }
        this.neighbors = List.copyOf(neighbors);
        this.vectors = vectors;
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
                List<Payload> pool = pools.get(request.label()).samples;
                sink.accept(request, pool.get(request.seed().generator().nextInt(pool.size())));
            }
        }
        variations.forEach((label, byParent) -> pools.get(label).vary(byParent, sink));
    }

    @Override
    public void close() {}

    private int neighbors(int iteration) {
        return neighbors.get(Math.min(iteration, neighbors.size() - 1));
    }

    /** The samples of one label, indexed when they are first searched. */
    private final class Pool {
        private final int label;
        private final List<Payload> samples;
        private CandidateIndex index;
        private float[] rows;
        private Map<Payload, Integer> rowOf;

        Pool(int label, List<Payload> samples) {
            this.label = label;
            this.samples = samples;
        }

        private void open() {
            if (index == null) {
                rows = vectors.ofPool(label, samples);
                index = kernel.index(metric, vectors.dimension(), List.of(rows));
                rowOf = new HashMap<>();
                for (int i = 0; i < samples.size(); i++) {
                    rowOf.put(samples.get(i), i);
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
            int found = Math.min(widest + 1, samples.size());
            int[] nearest = new int[parents.size() * found];
            index.search(queries(parents), 0, parents.size(), found, nearest);
            for (int i = 0; i < parents.size(); i++) {
                List<Payload> others = new ArrayList<>();
                for (int j = 0; j < found; j++) {
                    Payload sample = samples.get(nearest[i * found + j]);
                    if (!sample.equals(parents.get(i))) {
                        others.add(sample);
                    }
                }
                for (GenerationRequest.Variation variation : byParent.get(parents.get(i))) {
                    RandomGenerator random = variation.seed().generator();
                    int k = Math.min(neighbors(variation.iteration()), others.size());
                    sink.accept(variation, k == 0 ? samples.get(0) : others.get(random.nextInt(k)));
                }
            }
        }

        /** Returns the vectors of the parents. Nearly all parents are samples of this pool, whose vectors are known. */
        private float[] queries(List<Payload> parents) {
            int dimension = vectors.dimension();
            List<Payload> strangers = parents.stream()
                    .filter(parent -> !rowOf.containsKey(parent))
                    .toList();
            float[] strange = strangers.isEmpty() ? new float[0] : vectors.ofOthers(strangers);
            float[] queries = new float[parents.size() * dimension];
            int next = 0;
            for (int i = 0; i < parents.size(); i++) {
                Integer row = rowOf.get(parents.get(i));
                float[] from = row == null ? strange : rows;
                int at = row == null ? next++ : row;
                System.arraycopy(from, at * dimension, queries, i * dimension, dimension);
            }
            return queries;
        }
    }
}

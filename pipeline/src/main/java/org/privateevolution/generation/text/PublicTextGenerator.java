package org.privateevolution.generation.text;

import java.util.List;
import org.privateevolution.generation.PublicPools;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Draws texts from a public corpus, like {@link PublicPools}. The texts of a label are embedded when one of them is
 * first varied.
 */
public final class PublicTextGenerator implements GenerationApi {

    /** The greatest k. */
    public static final int MAX_NEIGHBORS = PublicPools.MAX_NEIGHBORS;

    private final PublicPools pools;

    /**
     * @param texts the public texts of each label, in index order; a repeated text counts once
     * @param neighbors k by completed votes, each 1 to {@link #MAX_NEIGHBORS}; the last value holds for all later votes
     * @throws IllegalArgumentException if a label has no text or a k is out of range
     */
    public PublicTextGenerator(
            List<List<String>> texts,
            List<Integer> neighbors,
            Embedder embedder,
            NearestNeighborKernel kernel,
            Metric metric) {
        List<List<Text>> distinct = texts.stream()
                .map(label -> label.stream().distinct().map(Text::new).toList())
                .toList();
        this.pools = new PublicPools(distinct, neighbors, new Embedded(embedder), kernel, metric);
    }

    @Override
    public boolean replayable() {
        return pools.replayable();
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        pools.generate(requests, sink);
    }

    @Override
    public void close() {
        pools.close();
    }

    private record Embedded(Embedder embedder) implements PublicPools.Vectors {

        private static final int BATCH = 256;

        @Override
        public int dimension() {
            return embedder.dimension();
        }

        @Override
        public float[] ofPool(int label, List<? extends Payload> pool) {
            return ofOthers(pool);
        }

        @Override
        public float[] ofOthers(List<? extends Payload> texts) {
            int dimension = embedder.dimension();
            float[] vectors = new float[texts.size() * dimension];
            for (int from = 0; from < texts.size(); from += BATCH) {
                float[] batch = embedder.embed(texts.subList(from, Math.min(texts.size(), from + BATCH)));
                System.arraycopy(batch, 0, vectors, from * dimension, batch.length);
            }
            return vectors;
        }
    }
}

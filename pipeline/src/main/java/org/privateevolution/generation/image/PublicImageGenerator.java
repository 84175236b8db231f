package org.privateevolution.generation.image;

import java.util.HashSet;
import java.util.List;
import org.privateevolution.generation.PublicPools;
import org.privateevolution.model.Payload;
import org.privateevolution.model.StoredImage;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

/** Images from a public pool (the reference's NearestImage), drawn as {@link PublicPools} describes. */
public final class PublicImageGenerator implements GenerationApi {

    /** The largest k. */
    public static final int MAX_NEIGHBORS = PublicPools.MAX_NEIGHBORS;

    private final PublicPools pools;

    /**
     * The public images of one label.
     *
     * @param vectors the images' vectors, row-major; not copied, so callers must not change them
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Pool(List<StoredImage> images, float[] vectors) {
        public Pool {
            images = List.copyOf(images);
            if (new HashSet<>(images).size() < images.size()) {
                throw new IllegalArgumentException("an image is in a public pool twice");
            }
        }
    }

    /**
     * @param pools the public images of each label, in index order
     * @param dimension number of floats per vector
     * @param neighbors k by completed votes, each 1 to {@link #MAX_NEIGHBORS}; the last value repeats
     * @throws IllegalArgumentException if a label has no image, its vectors do not fit, or a k is out of range
     */
    public PublicImageGenerator(
            List<Pool> pools, int dimension, List<Integer> neighbors, NearestNeighborKernel kernel, Metric metric) {
        for (Pool pool : pools) {
            if (pool.vectors.length != Math.multiplyExact(pool.images.size(), dimension)) {
                throw new IllegalArgumentException(pool.vectors.length + " floats are not " + pool.images.size()
                        + " vectors of " + dimension + " floats");
            }
        }
        this.pools = new PublicPools(
                pools.stream().map(Pool::images).toList(), neighbors, new Known(pools, dimension), kernel, metric);
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

    private record Known(List<Pool> pools, int dimension) implements PublicPools.Vectors {

        @Override
        public float[] ofPool(int label, List<? extends Payload> pool) {
            return pools.get(label).vectors();
        }

        @Override
        public float[] ofOthers(List<? extends Payload> samples) {
            throw new IllegalArgumentException(
                    samples.size() + " samples to vary are not of their label's public pool: was it changed?");
        }
    }
}

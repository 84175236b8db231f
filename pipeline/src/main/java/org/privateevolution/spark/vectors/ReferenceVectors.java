package org.privateevolution.spark.vectors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.privateevolution.evaluation.outside.GaussianMoments;

/**
 * A summary of the private vectors with which synthetic ones are compared, OUTSIDE the guarantee.
 *
 * @param moments mean and covariance of all vectors
 * @param sample some of the vectors, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReferenceVectors(GaussianMoments moments, float[] sample) {

    /** The expected sample size exceeds the wanted one by this many standard deviations. */
    private static final double SPARE_DEVIATIONS = 6;

    /** Some virtual machines reserve a few words of an array. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /**
     * Reads private vectors.
     *
     * @param size wanted number of vectors in the sample; capped by the number of vectors and by the length of an array
     */
    public static ReferenceVectors of(PrivateVectors vectors, int dimension, int size, long seed) {
        return of(vectors, VectorPart.whole(dimension), size, seed);
    }

    /**
     * The same, for a part of each vector.
     *
     * @param size vectors of the sample, or all if there are fewer; at most as many as an array holds
     */
    public static ReferenceVectors of(PrivateVectors vectors, VectorPart part, int size, long seed) {
        int dimension = part.length();
        int most = Math.min(size, LONGEST_ARRAY / dimension);
        GaussianMoments moments = new GaussianMoments(dimension);
        vectors.blocks()
                .mapPartitions(new Moments(part), Encoders.javaSerialization(GaussianMoments.class))
                .collectAsList()
                .forEach(moments::merge);
        // A larger share than needed, because the sample would otherwise be too small by chance.
        double share = Math.min(1, (most + SPARE_DEVIATIONS * Math.sqrt(most)) / moments.count());
        List<float[]> parts = vectors.blocks()
                .mapPartitions(new SampledVectors(part, share, seed), Encoders.javaSerialization(float[].class))
                .collectAsList();
        return new ReferenceVectors(moments, joined(parts, most * dimension));
    }

    /** @param most number of floats to take, from the first on */
    private static float[] joined(List<float[]> parts, int most) {
        long length = parts.stream().mapToLong(part -> part.length).sum();
        float[] joined = new float[(int) Math.min(length, most)];
        int at = 0;
        for (float[] part : parts) {
            int taken = Math.min(part.length, joined.length - at);
            System.arraycopy(part, 0, joined, at, taken);
            at += taken;
        }
        return joined;
    }

    /** Computes the mean and covariance of a partition's vectors. */
    record Moments(VectorPart part) implements MapPartitionsFunction<Row, GaussianMoments> {
        @Override
        public Iterator<GaussianMoments> call(Iterator<Row> rows) {
            GaussianMoments moments = new GaussianMoments(part.length());
            while (rows.hasNext()) {
                VectorBlock block = VectorBlock.of(rows.next());
                moments.add(part.of(block.vectors()), 0, block.rows());
            }
            return Collections.singleton(moments).iterator();
        }
    }

    /** Takes each vector of a partition with the same probability. */
    record SampledVectors(VectorPart part, double share, long seed) implements MapPartitionsFunction<Row, float[]> {
        @Override
        public Iterator<float[]> call(Iterator<Row> rows) {
            SplittableRandom random = new SplittableRandom(seed + TaskContext.getPartitionId());
            int dimension = part.length();
            List<float[]> sample = new ArrayList<>();
            while (rows.hasNext()) {
                VectorBlock block = VectorBlock.of(rows.next());
                float[] vectors = part.of(block.vectors());
                for (int row = 0; row < block.rows(); row++) {
                    if (random.nextDouble() < share) {
                        float[] vector = new float[dimension];
                        System.arraycopy(vectors, row * dimension, vector, 0, dimension);
                        sample.add(vector);
                    }
                }
            }
            return Collections.singleton(joined(sample, LONGEST_ARRAY)).iterator();
        }
    }
}

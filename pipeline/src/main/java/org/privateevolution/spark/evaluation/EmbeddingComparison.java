package org.privateevolution.spark.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.evaluation.outside.FrechetDistance;
import org.privateevolution.evaluation.outside.GaussianMoments;
import org.privateevolution.evaluation.outside.Mauve;
import org.privateevolution.evaluation.outside.PrecisionRecall;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.vector.NearestNeighborKernel;

/** Compares two samples of embeddings, of whatever kind. */
record EmbeddingComparison(double mauve, double frechet, PrecisionRecall inside) {

    /**
     * Maximum size of each sample. The cost of the figures grows with the square of the size, and distances fall with
     * it.
     */
    static final int MOST = 1_000;

    /** Minimum size of each sample; smaller ones tell nothing. */
    static final int LEAST = 40;

    private static final int VECTORS_A_CLUSTER = 10;

    /**
     * Compares two samples of one size.
     *
     * @param seed seed of the clusters
     */
    static EmbeddingComparison of(NearestNeighborKernel kernel, Vectors real, Vectors other, long seed) {
        int dimension = real.dimension();
        int clusters = Math.max(2, real.size() / VECTORS_A_CLUSTER);
        return new EmbeddingComparison(
                Mauve.of(kernel, dimension, real.rows(), other.rows(), clusters, seed),
                FrechetDistance.between(
                        GaussianMoments.of(dimension, real.rows()), GaussianMoments.of(dimension, other.rows())),
                PrecisionRecall.of(kernel, dimension, real.rows(), other.rows()));
    }

    /**
     * The size at which the samples are compared, the same for all; 0 if they are too small.
     *
     * @param holdout size of the second real sample, which is used if it is large enough
     */
    static int size(int real, int holdout, int synthetic) {
        int size = Math.min(MOST, Math.min(real, synthetic));
        if (holdout >= LEAST) {
            size = Math.min(size, holdout);
        }
        return size < LEAST ? 0 : size;
    }

    /** @param of extracts the comparison of embeddings */
    static <C> List<Figure> figures(ComparedSamples<C> samples, Function<C, EmbeddingComparison> of) {
        return List.of(
                samples.figure(EvaluationMeasure.MAUVE, found -> of.apply(found).mauve()),
                samples.figure(EvaluationMeasure.FID, found -> of.apply(found).frechet()),
                samples.figure(
                        EvaluationMeasure.PRECISION,
                        found -> of.apply(found).inside().precision()),
                samples.figure(
                        EvaluationMeasure.RECALL,
                        found -> of.apply(found).inside().recall()));
    }

    /** @param rows the vectors, row-major */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Vectors(float[] rows, int dimension) implements ComparedSamples.Sample<Vectors> {

        @Override
        public int size() {
            return rows.length / dimension;
        }

        @Override
        public Vectors part(int from, int length) {
            return new Vectors(Arrays.copyOfRange(rows, from * dimension, (from + length) * dimension), dimension);
        }

        /** The first {@code size} vectors. */
        Vectors first(int size) {
            return part(0, size);
        }
    }
}

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

/** How two samples of embeddings compare, whatever they are embeddings of. */
record EmbeddingComparison(double mauve, double frechet, PrecisionRecall inside) {

    /** Of each sample, at most: figures cost its square, and distances fall with it. */
    static final int MOST = 1_000;

    /** Fewer tell nothing. */
    static final int LEAST = 40;

    private static final int VECTORS_A_CLUSTER = 10;

    /** @param seed of the clusters */
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
     * How many of each are compared: as many of all of them; 0 if they are too few.
     *
     * @param holdout as a second sample, if it is large enough
     */
    static int size(int real, int holdout, int synthetic) {
        int size = Math.min(MOST, Math.min(real, synthetic));
        if (holdout >= LEAST) {
            size = Math.min(size, holdout);
        }
        return size < LEAST ? 0 : size;
    }

    /** @param of where a comparison has it */
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

    /** @param rows row-major */
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

        /** The first of them. */
        Vectors first(int size) {
            return part(0, size);
        }
    }
}

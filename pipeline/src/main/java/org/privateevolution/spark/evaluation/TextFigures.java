package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.privateevolution.embedding.OnnxTextEmbedder;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.evaluation.DistinctNGrams;
import org.privateevolution.evaluation.Words;
import org.privateevolution.evaluation.outside.ClosestRecords;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.evaluation.outside.FrechetDistance;
import org.privateevolution.evaluation.outside.GaussianMoments;
import org.privateevolution.evaluation.outside.LengthHistogram;
import org.privateevolution.evaluation.outside.Mauve;
import org.privateevolution.evaluation.outside.NGramDistance;
import org.privateevolution.evaluation.outside.PrecisionRecall;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * How synthetic texts compare with real ones. As many of each are drawn, at most {@link #MOST_TEXTS}, because
 * distances fall with their number; the second real sample is as many held-out texts. Standard errors are those of
 * four parts of the synthetic texts, halved. Embeddings are those of the built-in sentence-transformer.
 */
final class TextFigures {

    /** Figures cost its square. */
    static final int MOST_TEXTS = 1_000;

    private static final int LEAST_TEXTS = 40;
    private static final int TEXTS_A_CLUSTER = 10;
    private static final int PARTS = 4;

    private final NearestNeighborKernel kernel = Kernels.calibrated();
    private final Embedder embedder;
    private final long seed;

    private TextFigures(Embedder embedder, long seed) {
        this.embedder = embedder;
        this.seed = seed;
    }

    /**
     * Opens the embedding.
     *
     * @throws org.privateevolution.embedding.ModelException if it is not there
     */
    static TextFigures open(long seed) {
        int threads = Runtime.getRuntime().availableProcessors();
        return new TextFigures(OnnxTextEmbedder.open(SentenceModel.miniLm(), threads), seed);
    }

    /** The figures of a column; none if there are too few texts. */
    List<Figure> of(String column, List<String> real, List<String> holdout, List<String> synthetic) {
        int size = Math.min(real.size(), synthetic.size());
        if (holdout.size() >= LEAST_TEXTS) {
            size = Math.min(size, holdout.size());
        }
        if (size < LEAST_TEXTS) {
            return List.of();
        }
        Texts own = texts(real.subList(0, size));
        Texts made = texts(synthetic.subList(0, size));
        Compared value = compare(own, made);
        Compared second = holdout.size() < LEAST_TEXTS ? null : compare(own, texts(holdout.subList(0, size)));
        List<Compared> parts = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            int length = size / PARTS;
            parts.add(compare(own.part(part * length, length), made.part(part * length, length)));
        }
        List<Figure> figures = new ArrayList<>();
        add(EvaluationMeasure.TEXT_LENGTH, column, value, second, parts, Compared::length, figures);
        add(EvaluationMeasure.TEXT_DISTINCT, column, value, second, parts, Compared::distinct, figures);
        add(EvaluationMeasure.TEXT_NGRAMS, column, value, second, parts, Compared::runs, figures);
        add(EvaluationMeasure.MAUVE, column, value, second, parts, Compared::mauve, figures);
        add(EvaluationMeasure.FID, column, value, second, parts, Compared::frechet, figures);
        add(EvaluationMeasure.PRECISION, column, value, second, parts, Compared::precision, figures);
        add(EvaluationMeasure.RECALL, column, value, second, parts, Compared::recall, figures);
        if (second != null) {
            Texts held = texts(holdout.subList(0, size));
            double nearer = ClosestRecords.of(kernel, embedder.dimension(), made.vectors(), own.vectors())
                    .shareNearerThan(ClosestRecords.of(kernel, embedder.dimension(), made.vectors(), held.vectors()));
            double error = Math.sqrt(0.5 / size);
            figures.add(EvaluationMeasure.NEARER_TRAINING.figure(
                    column, nearer, OptionalDouble.of(0.5), error, OptionalDouble.of(error)));
        }
        return figures;
    }

    /** @param second null if nothing is held out */
    private static void add(
            EvaluationMeasure measure,
            String column,
            Compared value,
            Compared second,
            List<Compared> parts,
            ToDoubleFunction<Compared> figure,
            List<Figure> to) {
        double[] values = parts.stream().mapToDouble(figure).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares =
                Arrays.stream(values).map(part -> (part - mean) * (part - mean)).sum();
        double error = Math.sqrt(squares / (PARTS - 1) / PARTS);
        to.add(measure.figure(
                column,
                figure.applyAsDouble(value),
                second == null ? OptionalDouble.empty() : OptionalDouble.of(figure.applyAsDouble(second)),
                error * Math.sqrt(2),
                OptionalDouble.of(error)));
    }

    private Texts texts(List<String> texts) {
        return new Texts(texts, embedder.embed(texts.stream().map(Text::new).toList()), embedder.dimension());
    }

    private Compared compare(Texts real, Texts other) {
        int dimension = embedder.dimension();
        LengthHistogram lengths = new LengthHistogram();
        LengthHistogram otherLengths = new LengthHistogram();
        real.texts().forEach(lengths::add);
        other.texts().forEach(otherLengths::add);
        double words = real.texts().stream()
                .mapToInt(text -> Words.of(text).size())
                .average()
                .orElseThrow();
        int clusters = Math.max(2, real.texts().size() / TEXTS_A_CLUSTER);
        PrecisionRecall inside = PrecisionRecall.of(kernel, dimension, real.vectors(), other.vectors());
        return new Compared(
                lengths.wasserstein(otherLengths) / Math.max(1, words),
                DistinctNGrams.share(other.texts(), 2),
                NGramDistance.of(real.texts(), other.texts(), 2),
                Mauve.of(kernel, dimension, real.vectors(), other.vectors(), clusters, seed),
                FrechetDistance.between(
                        GaussianMoments.of(dimension, real.vectors()), GaussianMoments.of(dimension, other.vectors())),
                inside.precision(),
                inside.recall());
    }

    private record Compared(
            double length,
            double distinct,
            double runs,
            double mauve,
            double frechet,
            double precision,
            double recall) {}

    /** @param vectors row-major */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Texts(List<String> texts, float[] vectors, int dimension) {

        Texts part(int from, int length) {
            return new Texts(
                    texts.subList(from, from + length),
                    Arrays.copyOfRange(vectors, from * dimension, (from + length) * dimension),
                    dimension);
        }
    }
}

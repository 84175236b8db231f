package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.privateevolution.embedding.OnnxTextEmbedder;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.evaluation.DistinctNGrams;
import org.privateevolution.evaluation.Words;
import org.privateevolution.evaluation.outside.ClosestRecords;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.evaluation.outside.LengthHistogram;
import org.privateevolution.evaluation.outside.NGramDistance;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Text;
import org.privateevolution.spark.evaluation.EmbeddingComparison.Vectors;
import org.privateevolution.spi.Embedder;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * How synthetic texts compare with real ones. Equally many of each are drawn, at most {@link EmbeddingComparison#MOST},
 * because distances fall with the number of texts. The second real sample consists of as many held-out texts.
 * Embeddings are those of the built-in sentence-transformer.
 */
final class TextFigures {

    private final NearestNeighborKernel kernel = Kernels.calibrated();
    private final Embedder embedder;
    private final long seed;

    private TextFigures(Embedder embedder, long seed) {
        this.embedder = embedder;
        this.seed = seed;
    }

    /**
     * Opens the embedding model.
     *
     * @throws org.privateevolution.embedding.ModelException if the model is missing
     */
    static TextFigures open(long seed) {
        int threads = Runtime.getRuntime().availableProcessors();
        return new TextFigures(OnnxTextEmbedder.open(SentenceModel.miniLm(), threads), seed);
    }

    /** The figures of a column; empty if there are too few texts. */
    List<Figure> of(String column, List<String> real, List<String> holdout, List<String> synthetic) {
        int size = EmbeddingComparison.size(real.size(), holdout.size(), synthetic.size());
        if (size == 0) {
            return List.of();
        }
        Texts own = texts(real.subList(0, size));
        Texts made = texts(synthetic.subList(0, size));
        Optional<Texts> held = holdout.size() < EmbeddingComparison.LEAST
                ? Optional.empty()
                : Optional.of(texts(holdout.subList(0, size)));
        ComparedSamples<Compared> samples = ComparedSamples.of(column, own, held, made, this::compare);
        List<Figure> figures = new ArrayList<>(List.of(
                samples.figure(EvaluationMeasure.TEXT_LENGTH, Compared::length),
                samples.figure(EvaluationMeasure.TEXT_DISTINCT, Compared::distinct),
                samples.figure(EvaluationMeasure.TEXT_NGRAMS, Compared::runs)));
        figures.addAll(EmbeddingComparison.figures(samples, Compared::embeddings));
        held.ifPresent(second -> figures.add(nearer(column, made.vectors(), own.vectors(), second.vectors())));
        return figures;
    }

    private Figure nearer(String column, Vectors made, Vectors own, Vectors held) {
        int dimension = embedder.dimension();
        double nearer = ClosestRecords.of(kernel, dimension, made.rows(), own.rows())
                .shareNearerThan(ClosestRecords.of(kernel, dimension, made.rows(), held.rows()));
        double error = Math.sqrt(0.5 / made.size());
        return EvaluationMeasure.NEARER_TRAINING.figure(
                column, nearer, OptionalDouble.of(0.5), error, OptionalDouble.of(error));
    }

    private Texts texts(List<String> texts) {
        float[] vectors = embedder.embed(texts.stream().map(Text::new).toList());
        return new Texts(texts, new Vectors(vectors, embedder.dimension()));
    }

    private Compared compare(Texts real, Texts other) {
        LengthHistogram lengths = new LengthHistogram();
        LengthHistogram otherLengths = new LengthHistogram();
        real.texts().forEach(lengths::add);
        other.texts().forEach(otherLengths::add);
        double words = real.texts().stream()
                .mapToInt(text -> Words.of(text).size())
                .average()
                .orElseThrow();
        return new Compared(
                lengths.wasserstein(otherLengths) / Math.max(1, words),
                DistinctNGrams.share(other.texts(), 2),
                NGramDistance.of(real.texts(), other.texts(), 2),
                EmbeddingComparison.of(kernel, real.vectors(), other.vectors(), seed));
    }

    private record Compared(double length, double distinct, double runs, EmbeddingComparison embeddings) {}

    private record Texts(List<String> texts, Vectors vectors) implements ComparedSamples.Sample<Texts> {

        @Override
        public int size() {
            return texts.size();
        }

        @Override
        public Texts part(int from, int length) {
            return new Texts(texts.subList(from, from + length), vectors.part(from, length));
        }
    }
}

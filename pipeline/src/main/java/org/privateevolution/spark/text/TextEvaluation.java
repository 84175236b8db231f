package org.privateevolution.spark.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.evaluation.TextMetrics;
import org.privateevolution.evaluation.outside.FrechetDistance;
import org.privateevolution.evaluation.outside.GaussianMoments;
import org.privateevolution.evaluation.outside.LengthHistogram;
import org.privateevolution.evaluation.outside.Mauve;
import org.privateevolution.evaluation.outside.PrecisionRecall;
import org.privateevolution.evaluation.outside.TextComparison;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Text;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateJob;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.ReferenceVectors;
import org.privateevolution.spark.vectors.VectorPart;
import org.privateevolution.spi.Embedder;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Measures the texts of a run, iteration by iteration. Of each population equally many texts are measured, as many as
 * are published but at most {@link #LARGEST_SAMPLE}, taken evenly from all over it: distances fall with the number of
 * texts.
 */
public final class TextEvaluation {

    /** The cost of the metrics grows with its square. */
    private static final int LARGEST_SAMPLE = 2_000;

    private static final int TEXTS_A_CLUSTER = 10;

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;
    private final Embedder embedder;
    private final VectorPart part;
    private final NearestNeighborKernel kernel = Kernels.calibrated();

    /**
     * @param embedder of texts
     * @param part the text's part of a private record's vector, rescaled to the embedder's scale
     */
    public TextEvaluation(SparkSession spark, PrivateSource source, RunSpec spec, Embedder embedder, VectorPart part) {
        this.part = part;
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.embedder = embedder;
    }

    /**
     * Measures every iteration: the synthetic texts alone and, if the configuration asks for it, the distances to the
     * private texts, which are outside the guarantee.
     *
     * @param populations populations by iteration, from 0
     * @param last the last iteration
     * @param privateVectors called only for measures outside the guarantee
     */
    public List<MetricValue> measure(
            IntFunction<Population> populations, int last, Supplier<PrivateVectors> privateVectors) {
        int size = Math.min(LARGEST_SAMPLE, populations.apply(last).size());
        // A single text has no distribution to compare.
        Private reference =
                spec.evaluation().privateMetrics() && size > 1 ? reference(privateVectors.get(), size) : null;
        List<MetricValue> metrics = new ArrayList<>();
        for (int iteration = 0; iteration <= last; iteration++) {
            List<Text> texts = populations.apply(iteration).spread(size).stream()
                    .map(sample -> sample.payload().text().orElseThrow())
                    .toList();
            float[] vectors = embedder.embed(texts);
            metrics.addAll(TextMetrics.of(
                    iteration,
                    MetricValue.ALL_LABELS,
                    texts.stream().map(Text::value).toList(),
                    kernel,
                    embedder.dimension(),
                    vectors));
            if (reference != null && reference.moments.count() > 1 && texts.size() > 1) {
                metrics.addAll(compare(reference, texts, vectors).metrics(iteration, MetricValue.ALL_LABELS));
            }
        }
        return metrics;
    }

    private TextComparison compare(Private reference, List<Text> texts, float[] vectors) {
        int dimension = embedder.dimension();
        LengthHistogram lengths = new LengthHistogram();
        texts.forEach(text -> lengths.add(text.value()));
        int rows = Math.min(reference.sample.length, vectors.length) / dimension;
        int clusters = Math.max(2, rows / TEXTS_A_CLUSTER);
        return new TextComparison(
                FrechetDistance.between(reference.moments, GaussianMoments.of(dimension, vectors)),
                PrecisionRecall.of(kernel, dimension, reference.sample, vectors),
                Mauve.of(kernel, dimension, reference.sample, vectors, clusters, spec.seed()),
                reference.lengths.wasserstein(lengths));
    }

    /**
     * A summary of the private texts for comparison, OUTSIDE the guarantee.
     *
     * @param sample as many private vectors as there are texts to compare, or all if there are fewer
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Private(GaussianMoments moments, float[] sample, LengthHistogram lengths) {}

    private Private reference(PrivateVectors vectors, int size) {
        return PrivateJob.run(spark, spec, "measures of the private texts, outside the guarantee", () -> {
            ReferenceVectors read = ReferenceVectors.of(vectors, part, size, spec.seed());
            LengthHistogram lengths = new LengthHistogram();
            source.open(spec)
                    .mapPartitions(
                            new Lengths(PrivateColumns.of(spec)), Encoders.javaSerialization(LengthHistogram.class))
                    .collectAsList()
                    .forEach(lengths::merge);
            return new Private(read.moments(), read.sample(), lengths);
        });
    }

    /** Counts the words of a partition's texts. */
    record Lengths(PrivateColumns columns) implements MapPartitionsFunction<Row, LengthHistogram> {
        @Override
        public Iterator<LengthHistogram> call(Iterator<Row> rows) {
            LengthHistogram lengths = new LengthHistogram();
            while (rows.hasNext()) {
                Row row = rows.next();
                columns.requireSound(row);
                lengths.add(columns.text(row).value());
            }
            return Collections.singleton(lengths).iterator();
        }
    }
}

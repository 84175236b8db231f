package org.privateevolution.spark.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.evaluation.NearDuplicates;
import org.privateevolution.evaluation.outside.Classifier;
import org.privateevolution.evaluation.outside.FrechetDistance;
import org.privateevolution.evaluation.outside.GaussianMoments;
import org.privateevolution.evaluation.outside.PrecisionRecall;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.UndeclaredValueException;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateJob;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.EmbeddedRecords;
import org.privateevolution.spark.vectors.PrecomputedVectors;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.ReferenceVectors;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.ImageEncoder;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Measures the images of a run by their embeddings, iteration by iteration. Of each population equally many images are
 * measured, as many as are published but at most {@link #LARGEST_SAMPLE}, taken evenly from all over it: distances fall
 * with the number of images.
 */
final class ImageEvaluation {

    private static final int LARGEST_SAMPLE = 10_000;

    /** The cost of manifolds grows with the square of the sample. */
    private static final int MANIFOLD_SAMPLE = 2_000;

    /** Images whose cosine similarity is higher differ by a few pixels. */
    private static final double NEAR_DUPLICATE_COSINE = 0.99;

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;
    private final ImageSpec images;
    private final ImageEncoder encoder;
    private final Embedder embedder;
    private final NearestNeighborKernel kernel = Kernels.calibrated();

    ImageEvaluation(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            ImageSpec images,
            ImageEncoder encoder,
            Embedder candidateEmbedder) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.images = images;
        this.encoder = encoder;
        this.embedder = candidateEmbedder;
    }

    /** Labelled vectors, row-major. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Labelled(float[] vectors, int[] labels) {}

    /**
     * Measures every iteration: the synthetic images alone and, if the configuration asks for it, the distances to the
     * private images and the accuracy on held-out images, which are outside the guarantee.
     *
     * @param populations populations by iteration, from 0
     * @param last the last iteration
     * @param privateVectors called only for measures outside the guarantee
     */
    List<MetricValue> measure(IntFunction<Population> populations, int last, Supplier<PrivateVectors> privateVectors) {
        boolean outside = spec.evaluation().privateMetrics();
        int size = Math.min(LARGEST_SAMPLE, populations.apply(last).size());
        // A single image has no distribution to compare.
        ReferenceVectors reference = outside && size > 1 ? reference(privateVectors.get(), size) : null;
        Labelled heldOut = outside && images.heldOut().isPresent() ? heldOut() : null;
        List<MetricValue> metrics = new ArrayList<>();
        for (int iteration = 0; iteration <= last; iteration++) {
            Labelled synthetic = sample(populations.apply(iteration), size);
            metrics.add(metric(iteration, "near_duplicates", nearDuplicates(synthetic), true));
            if (reference != null && reference.moments().count() > 1 && synthetic.labels.length > 1) {
                compare(iteration, reference, synthetic.vectors, metrics);
            }
            if (heldOut != null && heldOut.labels.length > 0) {
                int classes = spec.labels().names().size();
                double accuracy = Classifier.train(
                                embedder.dimension(), classes, synthetic.vectors, synthetic.labels, spec.seed())
                        .accuracy(heldOut.vectors, heldOut.labels);
                metrics.add(metric(iteration, "held_out_accuracy", accuracy, false));
            }
        }
        return metrics;
    }

    private Labelled sample(Population population, int size) {
        List<Sample> samples = population.spread(size);
        return new Labelled(
                embedder.embed(samples.stream().map(Sample::payload).toList()),
                samples.stream().mapToInt(Sample::label).toArray());
    }

    private double nearDuplicates(Labelled synthetic) {
        return NearDuplicates.share(
                kernel,
                embedder.dimension(),
                strided(synthetic.vectors, embedder.dimension(), MANIFOLD_SAMPLE),
                NEAR_DUPLICATE_COSINE);
    }

    private void compare(int iteration, ReferenceVectors reference, float[] vectors, List<MetricValue> metrics) {
        int dimension = embedder.dimension();
        double fid = FrechetDistance.between(reference.moments(), GaussianMoments.of(dimension, vectors));
        metrics.add(metric(iteration, "fid", fid, false));
        int rows = Math.min(Math.min(reference.sample().length, vectors.length) / dimension, MANIFOLD_SAMPLE);
        if (rows > 1) {
            PrecisionRecall shares = PrecisionRecall.of(
                    kernel, dimension, strided(reference.sample(), dimension, rows), strided(vectors, dimension, rows));
            metrics.add(metric(iteration, "precision", shares.precision(), false));
            metrics.add(metric(iteration, "recall", shares.recall(), false));
        }
    }

    /** Vectors taken evenly from all over, at most {@code most}. */
    private static float[] strided(float[] vectors, int dimension, int most) {
        int rows = vectors.length / dimension;
        int taken = Math.min(rows, most);
        float[] some = new float[taken * dimension];
        for (int i = 0; i < taken; i++) {
            int from = (int) ((long) i * rows / taken);
            System.arraycopy(vectors, from * dimension, some, i * dimension, dimension);
        }
        return some;
    }

    private static MetricValue metric(int iteration, String name, double value, boolean inside) {
        return new MetricValue(iteration, MetricValue.ALL_LABELS, name, value, inside);
    }

    private ReferenceVectors reference(PrivateVectors vectors, int size) {
        return PrivateJob.run(
                spark,
                spec,
                "measures of the private images, outside the guarantee",
                () -> ReferenceVectors.of(vectors, embedder.dimension(), size, spec.seed()));
    }

    /** The held-out images; those that cannot be decoded are left out. */
    private Labelled heldOut() {
        PrivateColumns columns = PrivateColumns.of(spec);
        List<Row> embedded = PrivateJob.run(spark, spec, "embedding the held-out images, outside the guarantee", () -> {
            Dataset<Row> records = new PrivateImages(spark, source, spec, images).openHeldOut();
            ImageDecoder decoder = new ImageDecoder(images.source().mostPixels());
            return records.mapPartitions(
                            new EmbeddedImages(columns, decoder, encoder),
                            Encoders.row(EmbeddedImages.schema(columns, records.schema(), encoder.dimension())))
                    .limit(LARGEST_SAMPLE)
                    .collectAsList();
        });
        try {
            return labelled(columns, embedded);
        } catch (UndeclaredValueException e) {
            throw new PrivateDataException("images.held_out: " + e.getMessage());
        }
    }

    private Labelled labelled(PrivateColumns columns, List<Row> rows) {
        PrecomputedVectors decoder = new PrecomputedVectors(EmbeddedRecords.VECTOR, encoder.dimension());
        float[] vectors = new float[Math.multiplyExact(rows.size(), encoder.dimension())];
        int[] labels = new int[rows.size()];
        int count = 0;
        for (Row row : rows) {
            columns.requireSound(row);
            if (!row.isNullAt(0)) {
                System.arraycopy(
                        decoder.decode(row.get(0)), 0, vectors, count * encoder.dimension(), encoder.dimension());
                labels[count] = columns.label(row);
                count++;
            }
        }
        return new Labelled(Arrays.copyOf(vectors, count * encoder.dimension()), Arrays.copyOf(labels, count));
    }
}

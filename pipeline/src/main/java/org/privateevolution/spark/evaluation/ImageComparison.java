package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.embedding.ImageEmbedder;
import org.privateevolution.evaluation.outside.ClosestRecords;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.ImagePair;
import org.privateevolution.model.Evaluation.Question;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.Seed;
import org.privateevolution.spark.evaluation.EmbeddingComparison.Vectors;
import org.privateevolution.spark.evaluation.SampledRecords.Choice;
import org.privateevolution.spark.evaluation.SampledRecords.Drawn;
import org.privateevolution.spark.evaluation.SampledRecords.Origin;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.session.JobGroup;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.vectors.ClusterEmbedder;
import org.privateevolution.spi.ImageEncoder;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.spi.RunListener;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Compares synthetic images with real ones, OUTSIDE the guarantee: all images by their pixels, and samples by their
 * embeddings, which the executors compute. Opens the real images once, for any number of synthetic sets. Closing frees
 * the memory on the executors.
 */
public final class ImageComparison implements AutoCloseable {

    /** Number of real images to look up per synthetic image. */
    private static final int RECORDS_AN_IMAGE = 5;

    /** Largest number of floats in the vectors of a sample, which the driver holds: 32 MiB. */
    private static final int MOST_FLOATS = 1 << 23;

    private static final int LEAST_RECORDS = 20;

    /** Number of pairs of each kind that are shown, and the side of a shown image in pixels. */
    private static final int SHOWN_PAIRS = 6;

    private static final int SHOWN_SIDE = 112;

    private static final String RUN = "evaluate";

    private final SparkSession spark;
    private final ImageReading reading;
    private final EvaluationRequest request;
    private final RunListener listener;
    private final Seed seed;
    private final ImageEncoder encoder;
    private final NearestNeighborKernel kernel = Kernels.calibrated();
    private final RealRecords real;
    private final List<String> notes = new ArrayList<>();

    /** Null until first needed. */
    private Reference reference;

    /**
     * Opens the real images.
     *
     * @param real as {@link ImageReading#open} opens them, with the client if the request has one
     * @param holdout real images that the synthetic ones were not made from; if empty, a third of the others is set
     *     aside
     * @throws PrivateDataException if the images cannot be read, or one cannot be decoded
     */
    public ImageComparison(
            SparkSession spark,
            Table real,
            Optional<Table> holdout,
            ImageReading reading,
            EvaluationRequest request,
            RunListener listener) {
        this.spark = spark;
        this.reading = reading;
        this.request = request;
        this.listener = listener;
        this.seed = new Seed(request.seed());
        this.encoder = reading.encoder();
        stage("1 of 3: reading the real images");
        try (JobGroup group = group("reading the real images, outside the guarantee")) {
            this.real = RealRecords.of(
                    real,
                    holdout,
                    reading::withoutPictures,
                    List.of(),
                    List.of(ImageReading.PIXELS),
                    request.client(),
                    seed);
        }
        this.real.note().ifPresent(notes::add);
        notes.add(reading.sentence());
    }

    /** Sampled images in random order, with their vectors. */
    private record Embedded(List<Chances> chances, Vectors vectors) {

        static Embedded of(List<Drawn<float[]>> drawn, int dimension) {
            float[] rows = new float[Math.multiplyExact(drawn.size(), dimension)];
            for (int i = 0; i < drawn.size(); i++) {
                System.arraycopy(drawn.get(i).content(), 0, rows, i * dimension, dimension);
            }
            return new Embedded(drawn.stream().map(Drawn::chances).toList(), new Vectors(rows, dimension));
        }

        int size() {
            return chances.size();
        }

        Vectors first(int size) {
            return vectors.first(Math.min(size, size()));
        }
    }

    /** Samples of the real and the held-out images. */
    private record Reference(Embedded own, Embedded held) {}

    /**
     * Compares synthetic images.
     *
     * @throws PrivateDataException if the images cannot be read, or one cannot be decoded
     */
    public Evaluation compare(Table images) {
        List<String> all = new ArrayList<>(notes);
        List<Figure> figures = new ArrayList<>();
        List<ImagePair> pairs = new ArrayList<>();
        Table told = reading.withoutPictures(images);
        stage("2 of 3: embedding samples of the images");
        try (JobGroup group = group("embedding samples of the images, outside the guarantee");
                EncodedTable synthetic = EncodedTable.of(
                        told.rows(),
                        told.location(),
                        List.of(),
                        List.of(ImageReading.PIXELS),
                        Optional.empty(),
                        new Seed(origin(images).seed()))) {
            if (synthetic.count() == 0) {
                throw new PrivateDataException(images.location() + " holds no images: there is nothing to compare");
            }
            Embedded own = reference().own();
            Embedded held = reference().held();
            Embedded made = embedded(SampledRecords.sample(
                    origin(images),
                    Part.ALL,
                    synthetic.count(),
                    Math.min(request.sampleRows(), mostVectors()),
                    reading.embedded(encoder)));
            figures.addAll(distributions(own, held, made.vectors(), all));
            stage("3 of 3: looking for real images among synthetic ones");
            figures.addAll(new IdenticalFigures(real.training(), real.holdout(), synthetic).figures());
            figures.addAll(closest(own, held, made, synthetic.count(), all));
            pairs.addAll(pairs(images, own, made));
            return new Evaluation(
                    new Evaluation.Rows(real.training().count(), real.holdout().count(), synthetic.count()),
                    advised(figures),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    pairs,
                    all);
        }
    }

    /**
     * Compares only the distribution of a run's population, without searching it for real images. Renders only the
     * images that are compared.
     *
     * @param renderer renderer of the run's images
     */
    public Evaluation compareDistributions(Population population, ImageRenderer renderer) {
        try (JobGroup group = group("embedding samples of the images, outside the guarantee")) {
            Embedded own = reference().own();
            Embedded held = reference().held();
            List<Payload> drawn = drawn(population);
            float[] rows = new ClusterEmbedder(spark, RUN, new ImageEmbedder(renderer, encoder)).embed(drawn);
            List<String> all = new ArrayList<>();
            List<Figure> figures = distributions(own, held, new Vectors(rows, encoder.dimension()), all);
            return new Evaluation(
                    new Evaluation.Rows(real.training().count(), real.holdout().count(), population.size()),
                    advised(figures),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    all);
        }
    }

    /** Draws samples in random order, because a population lists its labels one after another. */
    private List<Payload> drawn(Population population) {
        List<Payload> drawn = new ArrayList<>(population.payloads());
        long order = seed.derive("population").derive(population.iteration()).value();
        Collections.shuffle(drawn, new Random(order));
        return drawn.subList(0, Math.min(EmbeddingComparison.MOST, drawn.size()));
    }

    /** All synthetic images are compared with the same real ones, which are embedded once. */
    private Reference reference() {
        if (reference == null) {
            int looked = Math.min(RECORDS_AN_IMAGE * request.sampleRows(), mostVectors());
            reference = new Reference(
                    embedded(real.drawTraining(ImageReading.IMAGE, looked, reading.embedded(encoder))),
                    embedded(real.drawHoldout(ImageReading.IMAGE, looked, reading.embedded(encoder))));
        }
        return reference;
    }

    private int mostVectors() {
        return Math.max(EmbeddingComparison.MOST, MOST_FLOATS / encoder.dimension());
    }

    private List<Figure> advised(List<Figure> figures) {
        return figures.stream()
                .map(figure -> EvaluationMeasure.advised(figure, request.maker()))
                .toList();
    }

    private Origin origin(Table images) {
        return new Origin(images, ImageReading.IMAGE, seed.derive("synthetic").value());
    }

    private Embedded embedded(List<Drawn<float[]>> drawn) {
        return Embedded.of(drawn, encoder.dimension());
    }

    private List<Figure> distributions(Embedded own, Embedded held, Vectors made, List<String> all) {
        int size = EmbeddingComparison.size(own.size(), held.size(), made.size());
        if (size == 0) {
            all.add("Embeddings were not compared: there are fewer than " + EmbeddingComparison.LEAST + " images.");
            return List.of();
        }
        all.add(String.format(
                Locale.ROOT,
                "FID, precision, recall and MAUVE are computed on samples of %,d images each; standard errors are"
                        + " given. FID"
                        + " grows as samples shrink: compare it only with the attainable value.",
                size));
        Optional<Vectors> second =
                held.size() < EmbeddingComparison.LEAST ? Optional.empty() : Optional.of(held.first(size));
        long clusters = seed.derive("images").value();
        return EmbeddingComparison.figures(
                ComparedSamples.of(
                        "",
                        own.first(size),
                        second,
                        made.first(size),
                        (one, other) -> EmbeddingComparison.of(kernel, one, other, clusters)),
                Function.identity());
    }

    private List<Figure> closest(Embedded own, Embedded held, Embedded made, long allMade, List<String> all) {
        int size = Math.min(own.size(), held.size());
        if (size < LEAST_RECORDS || made.size() < LEAST_RECORDS) {
            return List.of();
        }
        if (size < real.training().count() || made.size() < allMade) {
            all.add(String.format(
                    Locale.ROOT,
                    "The closest images were searched among %,d of %,d real ones, for %,d of %,d synthetic ones:"
                            + " one that"
                            + " follows another is missed; images with identical pixels were searched among all.",
                    size,
                    real.training().count(),
                    made.size(),
                    allMade));
        }
        return new ClosestFigures(
                        closest(made.vectors(), own.first(size)),
                        closest(made.vectors(), held.first(size)),
                        made.size())
                .figures();
    }

    private ClosestRecords closest(Vectors queries, Vectors records) {
        return ClosestRecords.of(kernel, encoder.dimension(), queries.rows(), records.rows());
    }

    /** A real and a synthetic image, by index, and the distance between them. */
    private record Near(Question question, int real, int synthetic, double distance) {}

    /**
     * Pairs to show: real images with the nearest synthetic image to each, then the synthetic images that lie closest
     * to a real one.
     */
    private List<ImagePair> pairs(Table images, Embedded own, Embedded made) {
        if (own.size() < 2 || made.size() < 2) {
            return List.of();
        }
        List<Near> shown = new ArrayList<>();
        Vectors some = own.first(SHOWN_PAIRS);
        ClosestRecords nearest = closest(some, made.vectors());
        for (int i = 0; i < some.size(); i++) {
            shown.add(new Near(Question.FIDELITY, i, nearest.record(i), nearest.distance(i)));
        }
        ClosestRecords toOwn = closest(made.vectors(), own.vectors());
        Set<Integer> seen = new HashSet<>();
        IntStream.range(0, made.size())
                .boxed()
                .sorted(Comparator.comparingDouble(toOwn::distance))
                .filter(i -> seen.add(toOwn.record(i)))
                .limit(SHOWN_PAIRS)
                .forEach(i -> shown.add(new Near(Question.MEMORY, toOwn.record(i), i, toOwn.distance(i))));
        Map<Chances, byte[]> realPictures = pictures(real.chosen(
                ImageReading.IMAGE,
                new These(draws(shown.stream().map(near -> own.chances().get(near.real())))),
                reading.shown(SHOWN_SIDE)));
        Map<Chances, byte[]> syntheticPictures = pictures(SampledRecords.chosen(
                origin(images),
                new These(draws(shown.stream().map(near -> made.chances().get(near.synthetic())))),
                reading.shown(SHOWN_SIDE)));
        return shown.stream()
                .map(near -> new ImagePair(
                        near.question(),
                        realPictures.get(own.chances().get(near.real())),
                        syntheticPictures.get(made.chances().get(near.synthetic())),
                        near.distance()))
                .toList();
    }

    private static Set<Chances> draws(Stream<Chances> chances) {
        return chances.collect(Collectors.toSet());
    }

    private static Map<Chances, byte[]> pictures(List<Drawn<byte[]>> drawn) {
        return drawn.stream().collect(Collectors.toMap(Drawn::chances, Drawn::content));
    }

    /** Chooses the records with these random numbers, and no others. */
    record These(Set<Chances> chances) implements Choice {

        These {
            chances = Set.copyOf(chances);
        }

        @Override
        public boolean isDrawn(Chances of) {
            return chances.contains(of);
        }
    }

    private JobGroup group(String description) {
        return new JobGroup(spark.sparkContext(), RUN, description);
    }

    private void stage(String name) {
        listener.stageStarted(name, 0);
    }

    @Override
    public void close() {
        real.close();
    }
}

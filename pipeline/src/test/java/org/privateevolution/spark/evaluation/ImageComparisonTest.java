package org.privateevolution.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.image.Images;
import org.privateevolution.image.Png;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.ImagePair;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.Evaluation.Question;
import org.privateevolution.model.Evaluation.Verdict;
import org.privateevolution.model.Image;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.StoredImage;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.image.ImageRoom;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.StoredImages;

/** Portraits of a painter that draws others each time. All draws have fixed seeds: what is found is found always. */
class ImageComparisonTest {

    private static final SparkSession SPARK = TestSession.spark();
    private static final int MOST = 300;

    @TempDir
    private static Path folder;

    private static ImageReading reading;
    private static ImageComparison images;

    @BeforeAll
    static void openTheRealImages() {
        // Small vectors: those of 32 x 32 pixels are the same but take longer.
        reading = new ImageReading(SPARK, Optional.of(declared("images.embedding={width: 6, height: 6}")));
        images = new ImageComparison(
                SPARK,
                open(portraits("real", 0, 160)),
                Optional.of(open(portraits("held", 1_000, 130))),
                reading,
                request(Optional.empty()),
                new RunListener() {});
    }

    @AfterAll
    static void close() {
        images.close();
    }

    @Test
    void anotherRealSampleIsGoodInEveryRespect() {
        Evaluation evaluation = images.compare(open(portraits("second", 2_000, 120)));

        assertThat(evaluation.rows()).isEqualTo(new Evaluation.Rows(160, 130, 120));
        assertThat(evaluation.figures())
                .extracting(figure -> figure.measure().key())
                .containsExactly(
                        "mauve",
                        "fid",
                        "precision",
                        "recall",
                        "identical_training",
                        "identical_holdout",
                        "nearer_training",
                        "dcr_p5",
                        "dcr_median",
                        "dcr_ratio");
        assertThat(evaluation.figures()).allMatch(figure -> figure.verdict() == Verdict.GOOD);
        assertThat(evaluation.figures()).noneMatch(Figure::insideGuarantee);
        assertThat(evaluation.figures())
                .filteredOn(figure -> figure.measure().question() == Question.FIDELITY)
                .allMatch(figure ->
                        figure.error().isPresent() && figure.attainable().isPresent());
        assertThat(evaluation.notes())
                .anyMatch(note -> note.startsWith("Images are embedded by their pixels (6 x 6 pixels), as the"))
                .anyMatch(note -> note.contains("samples of 120 images each"));
    }

    /** Files are listed in an order of the file system's own, which differs from folder to folder. */
    @Test
    void aSeedDrawsTheSameImagesWhereverTheFolderLies() {
        List<String> there = written("there", 60, i -> Portraits.portrait(2_000 + i));
        List<String> elsewhere = written("elsewhere/below", 60, i -> Portraits.portrait(2_000 + i));

        assertThat(elsewhere).hasSizeGreaterThan(30).isEqualTo(there);
    }

    /** What is drawn of half as many images as there are, with their chances. */
    private static List<String> written(String name, int count, IntFunction<Pixels> image) {
        Table written = reading.withoutPictures(open(write(name, count, image)));
        return SampledRecords.sample(
                        new SampledRecords.Origin(written, ImageReading.PIXELS, 5),
                        Part.ALL,
                        count,
                        40,
                        String.class::cast)
                .stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void noiseIsPoorButRepeatsNobody() {
        Evaluation evaluation =
                images.compare(open(write("noise", 120, i -> Images.noise(Portraits.SIDE, Portraits.SIDE, 77 + i))));

        for (String measure : List.of("mauve", "fid", "precision", "recall")) {
            assertThat(figure(evaluation, measure).verdict()).as(measure).isEqualTo(Verdict.POOR);
            assertThat(figure(evaluation, measure).advice()).contains("compare some of both by eye");
        }
        assertThat(evaluation.figures())
                .filteredOn(figure -> figure.measure().question() == Question.MEMORY)
                .hasSize(6)
                .allMatch(figure -> figure.verdict() == Verdict.GOOD);
    }

    @Test
    void aCopyIsPoorOnMemoryAloneAndItsPairsShowIt() throws Exception {
        Evaluation evaluation = images.compare(open(folder.resolve("real").toString()));

        assertThat(figure(evaluation, "identical_training").value()).isOne();
        for (String measure : List.of("identical_training", "nearer_training", "dcr_p5", "dcr_median")) {
            assertThat(figure(evaluation, measure).verdict()).as(measure).isEqualTo(Verdict.POOR);
        }
        assertThat(evaluation.figures())
                .filteredOn(figure -> figure.measure().question() == Question.FIDELITY)
                .allMatch(figure -> figure.verdict() == Verdict.GOOD);
        assertThat(evaluation.pairs()).hasSize(12);
        ImageDecoder decoder = new ImageDecoder(1 << 20);
        for (ImagePair pair : evaluation.pairs()) {
            assertThat(pair.distance()).isZero();
            assertThat(decoder.decode(pair.real()).rgb())
                    .isEqualTo(decoder.decode(pair.synthetic()).rgb());
        }
    }

    /** The same pixels, stored without compression, as rows of a table. */
    @Test
    void pixelsTellImagesApartAndNotTheirFiles() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            rows.add(RowFactory.create("x", bitmap(Portraits.portrait(i))));
        }
        StructType schema = new StructType().add("title", DataTypes.StringType).add("picture", DataTypes.BinaryType);
        String location = folder.resolve("pictures.parquet").toString();
        SPARK.createDataFrame(rows, schema).write().parquet(location);

        Evaluation evaluation = images.compare(reading.open("parquet", location, Map.of(), Optional.empty()));

        assertThat(figure(evaluation, "identical_training").value()).isOne();
        assertThat(figure(evaluation, "identical_holdout").value()).isZero();
    }

    /** Drawn in another order, the same images lie as far from the real ones. */
    @Test
    void aPopulationIsComparedAsWhatIsPublishedOfIt() {
        Evaluation published = images.compare(open(portraits("drawn", 3_000, 120)));
        RunFiles store = store("drawn-store");

        Evaluation population = images.compareDistributions(
                population(120, i -> Portraits.simulated(3_000 + i)),
                renderer(store, "images.avatar={width: 11, height: 11}"));

        assertThat(population.rows()).isEqualTo(published.rows());
        assertThat(population.figures())
                .extracting(figure -> figure.measure().key())
                .containsExactly("mauve", "fid", "precision", "recall");
        assertThat(population.figures()).allMatch(figure -> figure.verdict() == Verdict.GOOD);
        for (String measure : List.of("fid", "precision", "recall")) {
            Figure expected = figure(published, measure);
            assertThat(figure(population, measure).value()).as(measure).isCloseTo(expected.value(), within(1e-6));
            assertThat(figure(population, measure).attainable()).as(measure).isEqualTo(expected.attainable());
        }
    }

    @Test
    void imagesOfAPopulationAreReadFromTheStoreOfTheirRun() throws IOException {
        RunFiles store = store("noisy-store");
        StoredImages stored = new StoredImages(store);
        Population noise = population(
                60, i -> stored.save("sample-" + i, Png.encode(Images.noise(Portraits.SIDE, Portraits.SIDE, 500 + i))));
        ImageRenderer renderer = renderer(store, "images={pool: {path: nowhere}}");

        Evaluation evaluation = images.compareDistributions(noise, renderer);

        assertThat(evaluation.rows().synthetic()).isEqualTo(60);
        assertThat(evaluation.figures()).hasSize(4).allMatch(figure -> figure.verdict() == Verdict.POOR);
        String lost = ((StoredImage) noise.samples().get(7).payload()).location();
        Files.delete(Path.of(store.location().replaceFirst("^file:", "")).resolve(lost));
        assertThatThrownBy(() -> images.compareDistributions(noise, renderer)).hasStackTraceContaining(lost);
    }

    @Test
    void ofAPopulationThatIsTooSmallNothingIsSaid() {
        Evaluation evaluation = images.compareDistributions(
                population(39, Portraits::simulated),
                renderer(store("small-store"), "images.avatar={width: 11, height: 11}"));

        assertThat(evaluation.figures()).isEmpty();
        assertThat(evaluation.notes()).containsExactly("Embeddings were not compared: there are fewer than 40 images.");
    }

    /** Half of it with one label, half with another. */
    private static Population population(int size, IntFunction<Image> image) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            samples.add(new Sample("s" + i, 2 * i / size, image.apply(i), ""));
        }
        return new Population(1, samples);
    }

    private static RunFiles store(String name) {
        return RunFiles.at(folder.resolve(name).toString(), SessionFiles.configuration(SPARK));
    }

    private static ImageRenderer renderer(RunFiles store, String... overrides) {
        RunSpec run = Portraits.run(folder, folder.resolve("out"), overrides);
        return ImageRoom.renderer(run, (ImageSpec) run.modality(), store);
    }

    private static byte[] bitmap(Pixels pixels) throws IOException {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < pixels.width() * pixels.height(); i++) {
            int rgb = (pixels.rgb()[3 * i] & 0xFF) << 16
                    | (pixels.rgb()[3 * i + 1] & 0xFF) << 8
                    | pixels.rgb()[3 * i + 2] & 0xFF;
            image.setRGB(i % pixels.width(), i / pixels.width(), rgb);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "bmp", bytes);
        return bytes.toByteArray();
    }

    @Test
    void imagesOfOneClientLieOnOneSide() throws IOException {
        String location = portraits("clients", 5_000, 150);
        StringBuilder csv = new StringBuilder("file,owner\n");
        for (int i = 0; i < 150; i++) {
            csv.append(i + ".png,o" + i % 10 + "\n");
        }
        Path labels = Files.writeString(folder.resolve("owners.csv"), csv);
        ImageReading ofClients = new ImageReading(
                SPARK, Optional.of(declared("images.embedding={width: 2, height: 2}", "images.labels_file=" + labels)));
        Table real = ofClients.open(ImageSpec.FOLDER, location, Map.of(), Optional.of("owner"));

        assertThat(real.names()).containsExactly(ImageReading.IMAGE, "owner");
        try (ImageComparison comparison = new ImageComparison(
                SPARK, real, Optional.empty(), ofClients, request(Optional.of("owner")), new RunListener() {})) {
            Evaluation evaluation = comparison.compare(open(portraits("made", 9_000, 60)));

            assertThat(evaluation.rows().holdout() % 15).isZero();
            assertThat(evaluation.rows().holdout() + evaluation.rows().real()).isEqualTo(150);
            assertThat(evaluation.notes()).anyMatch(note -> note.contains("client by client (column owner)"));
        }
    }

    @Test
    void imagesThatCannotBeDecodedAreRefusedOrSkippedAsDeclared() throws IOException {
        String location = portraits("damaged", 7_000, 60);
        byte[] whole = Files.readAllBytes(Path.of(location, "3.png"));
        Files.write(Path.of(location, "3.png"), Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> images.compare(open(location)))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("an image is a truncated PNG; repair or remove it")
                .hasMessageNotContaining("3.png");
        ImageReading skipping = new ImageReading(
                SPARK, Optional.of(declared("images.embedding={width: 6, height: 6}", "images.corrupt=skip")));
        assertThat(images.compare(skipping.open(ImageSpec.FOLDER, location, Map.of(), Optional.empty()))
                        .rows()
                        .synthetic())
                .isEqualTo(59);
    }

    @Test
    void whereNothingIsDeclaredPixelsAreTheVectors() {
        ImageReading usual = new ImageReading(SPARK, Optional.empty());

        assertThat(usual.encoder().dimension()).isEqualTo(32 * 32 * 3);
        assertThat(usual.sentence())
                .contains("their pixels (32 x 32 pixels)", "in a run whose configuration names no model");
    }

    private static ImageSpec declared(String... overrides) {
        return (ImageSpec)
                Portraits.run(folder, folder.resolve("out"), overrides).modality();
    }

    private static EvaluationRequest request(Optional<String> client) {
        return new EvaluationRequest(
                List.of(), Optional.empty(), 0, MOST, 7, List.of(), Optional.empty(), client, Maker.OTHER);
    }

    private static Table open(String location) {
        return reading.open(ImageSpec.FOLDER, location, Map.of(), Optional.empty());
    }

    private static String portraits(String name, int first, int count) {
        return write(name, count, i -> Portraits.portrait(first + i));
    }

    private static String write(String name, int count, IntFunction<Pixels> image) {
        try {
            Path at = Files.createDirectories(folder.resolve(name));
            for (int i = 0; i < count; i++) {
                Files.write(at.resolve(i + ".png"), Png.encode(image.apply(i)));
            }
            return at.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Figure figure(Evaluation evaluation, String measure) {
        return evaluation.figures().stream()
                .filter(figure -> figure.measure().key().equals(measure))
                .findFirst()
                .orElseThrow();
    }
}

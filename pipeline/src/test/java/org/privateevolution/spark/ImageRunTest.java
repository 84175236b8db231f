package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.Charges;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.image.Png;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateDataException;

/** Whole runs that make images. */
class ImageRunTest {

    private static final ImageDecoder DECODER = new ImageDecoder(1_000_000);

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSession.spark();

    private RunResult run(RunSpec spec) {
        return PrivateEvolution.on(spark).run(spec);
    }

    private Path out() {
        return folder.resolve("out");
    }

    private static Pixels decoded(byte[] encoded) throws BadImageException {
        return DECODER.decode(encoded);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void portraitsAreDrawnAndPublishedInFoldersOfTheirLabels() throws Exception {
        RunResult result = run(Portraits.run(Portraits.write(folder), out()));

        List<Path> files = files(out().resolve("synthetic/png")).stream()
                .filter(file -> file.toString().endsWith(".png"))
                .toList();
        assertThat(files)
                .hasSize(7)
                .anyMatch(file -> file.endsWith("cats/000000.png"))
                .anyMatch(file -> file.endsWith("dogs/000002.png"));
        for (Path file : files) {
            assertThat(decoded(Files.readAllBytes(file)).width()).isEqualTo(12);
        }
        assertThat(result.synthetic().columns()).containsExactly("image", "label");
        List<Row> rows = spark.read()
                .parquet(out().resolve("synthetic/parquet").toString())
                .collectAsList();
        assertThat(rows).hasSize(7).allMatch(row -> List.of("cats", "dogs").contains(row.getString(1)));
        assertThat(decoded(rows.get(0).getAs(0)).height()).isEqualTo(10);
    }

    @Test
    void sheetsShowEveryIterationAndWhereImagesCameFrom() throws Exception {
        run(Portraits.run(Portraits.write(folder), out()));

        for (String sheet : List.of("iteration-000", "iteration-001", "iteration-002", "evolution")) {
            assertThat(decoded(Files.readAllBytes(out().resolve("grids/" + sheet + ".png")))
                            .width())
                    .as(sheet)
                    .isGreaterThan(100);
        }
        assertThat(Files.readString(out().resolve("report.html")))
                .contains("data:image/png;base64,", "synthetic images", "ancestors")
                .doesNotContain("Outside the guarantee");
    }

    @Test
    void everyIterationIsMeasuredAndWhatReadsPrivateImagesIsMarked() throws IOException {
        Path images = Portraits.write(folder);
        RunResult result =
                run(Portraits.run(images, out(), "evaluation.private_metrics=true", "images.held_out.path=" + images));

        for (int iteration = 0; iteration <= 2; iteration++) {
            for (String metric : List.of("fid", "precision", "recall", "held_out_accuracy")) {
                assertThat(metric(result, iteration, metric).insideGuarantee()).isFalse();
            }
            assertThat(metric(result, iteration, "near_duplicates").insideGuarantee())
                    .isTrue();
        }
        assertThat(Files.readString(out().resolve("report-private.html"))).contains("Outside the guarantee", "fid");
        // The letters of an encoded picture may spell anything.
        String words = Files.readString(out().resolve("report.html")).replaceAll("base64,[^\"]*", "");
        assertThat(words).doesNotContain("fid", "held_out_accuracy");
    }

    private static MetricValue metric(RunResult result, int iteration, String name) {
        return result.metrics().stream()
                .filter(metric ->
                        metric.iteration() == iteration && metric.metric().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " of iteration " + iteration));
    }

    @Test
    void imagesOfAPoolArePublishedAsTheyAre() throws Exception {
        Path images = Portraits.write(folder);
        Path pool = folder.resolve("pool");
        List<Integer> shades = new ArrayList<>();
        for (int i = 0; i < 19; i++) {
            Path file = pool.resolve(i % 2 == 0 ? "cats" : "dogs").resolve(i + ".png");
            Files.createDirectories(file.getParent());
            byte[] shade = {(byte) (3 * i), 7, 9};
            Files.write(file, Png.encode(new Pixels(1, 1, shade)));
            shades.add(3 * i);
        }
        RunSpec spec = Portraits.run(
                images, out(), "images={embedding: {width: 2, height: 2}, pool: {path: " + pool + ", neighbors: [3]}}");

        List<Row> rows = run(spec).synthetic().collectAsList();

        assertThat(rows).hasSize(7);
        for (Row row : rows) {
            int shade = decoded(row.getAs(0)).rgb()[0];
            assertThat(shades).contains(shade);
            assertThat(row.getString(1)).isEqualTo(shade % 2 == 0 ? "cats" : "dogs");
        }
        assertThat(Files.readString(out().resolve("configuration.yaml"))).containsPattern("sha256: \"?[0-9a-f]{64}");

        Files.write(pool.resolve("dogs/new.png"), Png.encode(new Pixels(1, 1, new byte[3])));
        assertThatThrownBy(() -> run(spec)).hasMessageContaining("another");
    }

    @Test
    void aPoolWithoutALabelIsRefused() throws IOException {
        Path images = Portraits.write(folder);
        Path pool = Files.createDirectories(folder.resolve("pool/cats"));
        Files.write(pool.resolve("one.png"), Png.encode(Portraits.portrait(1)));

        assertThatThrownBy(() -> run(Portraits.run(images, out(), "images={pool: {path: " + pool.getParent() + "}}")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no image for the label 'dogs'");
    }

    @Test
    void imagesThatCannotBeDecodedAreListedAndNamedNowhereElse() throws IOException {
        Path images = Portraits.write(folder);
        byte[] sound = Png.encode(Portraits.portrait(3));
        Files.write(images.resolve("cats/okapi7713.png"), Arrays.copyOf(sound, sound.length / 2));
        Files.writeString(images.resolve("dogs/pangolin7713.webp"), "RIFF1234WEBPVP8 and so on");
        Files.writeString(images.resolve("dogs/notes.txt"), "no image");

        assertThatThrownBy(() -> run(Portraits.run(images, out())))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("out-private/corrupt-images")
                .hasMessageContaining("images.corrupt: skip")
                .hasMessageNotContainingAny("okapi", "pangolin");
        String listed = listed();
        assertThat(listed)
                .contains("cats/okapi7713.png", "dogs/pangolin7713.webp", "WebP")
                .doesNotContain("portrait");
        assertThat(Charges.in(out().resolve("ledger"))).isEmpty();

        Path second = folder.resolve("second");
        assertThat(run(Portraits.run(images, second, "images.corrupt=skip"))
                        .synthetic()
                        .count())
                .isEqualTo(7);
    }

    private String listed() {
        return spark.read()
                .parquet(folder.resolve("out-private/corrupt-images").toString())
                .collectAsList()
                .toString();
    }

    @Test
    void validationReadsAllImagesAndWritesNothing() throws IOException {
        Path images = Portraits.write(folder);
        PrivateEvolution.on(spark).check(Portraits.run(images, out()));
        Files.writeString(images.resolve("cats/okapi7713.png"), "no image");

        assertThatThrownBy(() -> PrivateEvolution.on(spark).check(Portraits.run(images, out())))
                .hasMessageContaining("cannot be decoded")
                .hasMessageNotContaining("okapi");
        PrivateEvolution.on(spark).check(Portraits.run(images, out(), "images.corrupt=skip"));
        assertThat(out()).doesNotExist();
    }

    @Test
    void aRunThatIsRepeatedReadsTheKeptVectorsUntilAnImageChanges() throws IOException {
        Path images = Portraits.write(folder);
        String keep = "private_data.store.keep=true";
        run(Portraits.run(images, out(), keep));
        Path kept = onlyDirectory(folder.resolve("out-private/embeddings"));
        PrivateEvolution.on(spark)
                .extend(true)
                .run(Portraits.run(images, out(), keep, "evolution.schedule=[13, 7, 7, 7]"));
        assertThat(kept).exists();

        Files.write(images.resolve("cats/one-more.png"), Png.encode(Portraits.portrait(77)));
        PrivateEvolution.on(spark)
                .extend(true)
                .run(Portraits.run(images, out(), keep, "evolution.schedule=[13, 7, 7, 7, 7]"));
        assertThat(kept).doesNotExist();
    }

    private static Path onlyDirectory(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            List<Path> directories = entries.filter(Files::isDirectory).toList();
            assertThat(directories).hasSize(1);
            return directories.get(0);
        }
    }

    @Test
    void aFolderWithoutFontsIsRefusedWithWhatToInstall() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThatThrownBy(() -> run(
                        Portraits.run(Portraits.write(folder), out(), "images={draw_text: {fonts: " + empty + "}}")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("fonts-dejavu-core");
    }
}

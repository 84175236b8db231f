package org.privateevolution.spark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.embedding.PixelEncoder;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.image.Png;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.ImageSpec.Channels;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Resampling;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.VectorBlock;

/** Private images in every form that they come in. */
class PrivateImagesTest {

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSession.spark();

    private List<Row> open(RunSpec spec) {
        return new PrivateImages(spark, new PrivateSource(spark), spec, (ImageSpec) spec.modality())
                .open()
                .collectAsList();
    }

    private RunSpec spec(String... overrides) {
        return Portraits.run(folder.resolve("private"), folder.resolve("out"), overrides);
    }

    @Test
    void filesOfAFolderHaveTheLabelsOfTheirFolders() throws Exception {
        Portraits.write(folder);

        List<Row> rows = open(spec());

        assertThat(rows).hasSize(Portraits.COUNT);
        for (Row row : rows) {
            int number = Integer.parseInt(row.getString(2).replaceAll("\\D", ""));
            assertThat(row.getString(2)).isEqualTo(Portraits.folderOf(number) + "/portrait-" + number + ".png");
            assertThat(row.getString(1)).isEqualTo(Portraits.folderOf(number));
            assertThat(new ImageDecoder(1000).decode(row.getAs(0)).rgb())
                    .isEqualTo(Portraits.portrait(number).rgb());
            assertThat(row.isNullAt(3)).isTrue();
        }
    }

    @Test
    void aCsvGivesFilesTheirLabelsAndClients() throws IOException {
        Path csv = writeCsv("");
        RunSpec spec = spec(
                "images.labels_file=" + csv,
                "labels={column: kind, values: [even, odd]}",
                "privacy.unit=client",
                "private_data.client_column=owner");

        List<Row> rows = open(spec);

        assertThat(rows).hasSize(Portraits.COUNT);
        for (Row row : rows) {
            int number = Integer.parseInt(row.getString(3).replaceAll("\\D", ""));
            assertThat(row.getString(1)).isEqualTo(number % 2 == 0 ? "even" : "odd");
            assertThat(row.getString(2)).isEqualTo("owner " + number % 5);
        }
        try (PrivateVectors vectors = vectors(spec)) {
            assertThat(vectors.blocks().count()).isPositive();
        }
    }

    private Path writeCsv(String more) throws IOException {
        Portraits.write(folder);
        StringBuilder csv = new StringBuilder("file,kind,owner\n");
        for (int i = 0; i < Portraits.COUNT; i++) {
            csv.append("%s/portrait-%d.png,%s,owner %d\n"
                    .formatted(Portraits.folderOf(i), i, i % 2 == 0 ? "even" : "odd", i % 5));
        }
        return Files.writeString(folder.resolve("labels.csv"), csv + more);
    }

    private PrivateVectors vectors(RunSpec spec) {
        PrivateStore store = PrivateStore.of(spark, spec);
        var encoder =
                new PixelEncoder(new ImageFrame(2, 2, ImageFrame.Fit.STRETCH, Resampling.BILINEAR), Channels.GREY);
        return new PrivateImageVectors(
                        spark, new PrivateSource(spark), spec, (ImageSpec) spec.modality(), encoder, store)
                .open();
    }

    @Test
    void aFileThatIsListedTwiceWouldVoteTwiceAndIsRefused() throws IOException {
        Path csv = writeCsv("dogs/portrait-1.png,odd,owner 1\n");
        RunSpec spec = spec("images.labels_file=" + csv, "labels={column: kind, values: [even, odd]}");

        assertThatThrownBy(() -> vectors(spec)).hasMessageContaining("more than once");
    }

    @Test
    void aFileThatIsNotListedIsRefused() throws IOException {
        Path csv = writeCsv("");
        Files.write(folder.resolve("private/dogs/other.png"), Png.encode(Portraits.portrait(1)));
        RunSpec spec = spec("images.labels_file=" + csv, "labels={column: kind, values: [even, odd]}");

        assertThatThrownBy(() -> vectors(spec))
                .hasMessageContaining("a private label is null")
                .hasMessageNotContaining("other");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void idxFilesAreReadWholeInAnyNumberOfPartitions(int partitions) throws Exception {
        Portraits.Packed packed = Portraits.writePacked(folder, 13);
        RunSpec spec = spec(
                "private_data={format: idx, path: " + packed.images() + ", partitions: " + partitions + "}",
                "images.labels_file=" + packed.labels(),
                "labels.values=['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']",
                "evolution.schedule=[13, 11, 11]");

        List<Row> rows = new ArrayList<>(open(spec));

        rows.sort(
                Comparator.comparingInt(row -> Integer.parseInt(row.getString(2).replaceAll(".*#", ""))));
        assertThat(rows).hasSize(13);
        for (int n = 0; n < 13; n++) {
            Pixels square = new ImageDecoder(1000).decode(rows.get(n).getAs(0));
            assertThat(square.width()).isEqualTo(Portraits.SIDE);
            assertThat(square.rgb()[5] & 0xFF).isEqualTo(10 * n);
            assertThat(rows.get(n).getString(1)).isEqualTo(Integer.toString(n % 10));
        }
    }

    @Test
    void anIdxFileThatIsCutShortIsRefused() throws IOException {
        Portraits.Packed packed = Portraits.writePacked(folder, 13);
        byte[] labels = Files.readAllBytes(Path.of(packed.labels()));
        Files.write(Path.of(packed.labels()), Arrays.copyOf(labels, labels.length - 1));
        RunSpec spec = spec(
                "private_data={format: idx, path: " + packed.images() + "}",
                "images.labels_file=" + packed.labels(),
                "labels.values=['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']",
                "evolution.schedule=[13, 11, 11]");

        assertThatThrownBy(() -> vectors(spec)).hasMessageContaining("ends before its last image");
    }

    @Test
    void otherFilesThanIdxAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no IDX file, but long enough to have a header");
        RunSpec spec = spec(
                "private_data={format: idx, path: " + text + "}",
                "images.labels_file=" + text,
                "labels.values=['0', '1']");

        assertThatThrownBy(() -> vectors(spec)).hasMessageContaining("is not an IDX file of images");
    }

    /** Spark would leave it out; these files it does not read. */
    @Test
    void aCifarFileMayHaveANameThatSparkTakesForHidden() throws Exception {
        Path batches = Files.createDirectories(folder.resolve("cifar"));
        Path file = Files.write(batches.resolve("_batch.bin"), new byte[3073]);
        Files.write(batches.resolve("._batch.bin"), new byte[] {1, 2, 3});

        for (Path location : List.of(file, batches)) {
            RunSpec spec = spec(
                    "private_data={format: cifar10, path: " + location + "}",
                    "labels.values=" + ImageSpec.CIFAR10_LABELS,
                    "evolution.schedule=[13, 11, 11]");
            assertThat(open(spec)).extracting(row -> row.getString(1)).containsExactly("airplane");
        }
    }

    @Test
    void aFileOfLabelsThatSparkTakesForHiddenIsRefused() throws IOException {
        Path csv = writeCsv("");
        Path hidden = Files.move(csv, csv.resolveSibling("_labels.csv"));
        RunSpec spec = spec("images.labels_file=" + hidden, "labels={column: kind, values: [even, odd]}");

        assertThatThrownBy(() -> open(spec))
                .hasMessageContaining(hidden + " would not be read: Spark leaves out files whose names begin with _");
    }

    @Test
    void cifarFilesAreReadWithTheNamesOfTheirClasses() throws Exception {
        Path batches = Files.createDirectories(folder.resolve("cifar"));
        for (int file = 1; file <= 2; file++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int n = 0; n < 7; n++) {
                byte[] record = new byte[3073];
                record[0] = (byte) n;
                record[1 + 33] = 50; // red of row 1, column 1
                record[1 + 1024 + 33] = (byte) (60 + n);
                record[1 + 2048 + 33] = 70;
                bytes.write(record);
            }
            Files.write(batches.resolve("data_batch_" + file + ".bin"), bytes.toByteArray());
        }
        RunSpec spec = spec(
                "private_data={format: cifar10, path: " + batches + "}",
                "labels.values=" + ImageSpec.CIFAR10_LABELS,
                "evolution.schedule=[13, 11, 11]");

        List<Row> rows = open(spec);

        assertThat(rows).hasSize(14);
        for (Row row : rows) {
            Pixels pixels = new ImageDecoder(2000).decode(row.getAs(0));
            int at = (32 + 1) * 3;
            assertThat(pixels.rgb()[at]).isEqualTo((byte) 50);
            assertThat(ImageSpec.CIFAR10_LABELS.get(pixels.rgb()[at + 1] - 60)).isEqualTo(row.getString(1));
            assertThat(pixels.rgb()[at + 2]).isEqualTo((byte) 70);
        }
    }

    @Test
    void aTableHasABinaryColumnOrAStructWithOne() throws Exception {
        byte[] png = Png.encode(Portraits.portrait(4));
        StructType image = new StructType().add("bytes", DataTypes.BinaryType).add("path", DataTypes.StringType);
        Dataset<Row> rows = spark.createDataFrame(
                List.of(RowFactory.create("cats", png, RowFactory.create(png, "some.png"), "text")),
                new StructType()
                        .add("label", DataTypes.StringType)
                        .add("plain", DataTypes.BinaryType)
                        .add("nested", image)
                        .add("text", DataTypes.StringType));
        String table = folder.resolve("table").toString();
        rows.write().parquet(table);
        String source = "private_data={format: parquet, path: " + table + "}";

        Row plain = open(spec(source, "images.column=plain")).get(0);
        assertThat((byte[]) plain.getAs(0)).isEqualTo(png);
        assertThat(plain.isNullAt(2)).isTrue();
        Row nested = open(spec(source, "images.column=nested")).get(0);
        assertThat((byte[]) nested.getAs(0)).isEqualTo(png);
        assertThat(nested.getString(2)).isEqualTo("some.png");
        assertThatThrownBy(() -> open(spec(source, "images.column=text"))).hasMessageContaining("is of type string");
        try (PrivateVectors vectors = vectors(spec(source, "images.column=nested"))) {
            assertThat(vectors.blocks().collectAsList().stream()
                            .mapToInt(row -> VectorBlock.of(row).rows())
                            .sum())
                    .isEqualTo(1);
        }
    }

    @Test
    void anEmptyFolderHoldsNoImageAndAMissingOneIsRefused() throws IOException {
        assertThatThrownBy(() -> open(spec())).hasMessageContaining("nothing exists at");
        Files.createDirectories(folder.resolve("private"));

        assertThat(open(spec())).isEmpty();
    }
}

package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.embedding.ModelException;
import org.privateevolution.embedding.PixelEncoder;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.image.Png;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImageSpec.Channels;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Resampling;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.ImageEncoder;

/** A JVM that embeds otherwise than the driver embeds no private record. */
class EmbeddingProbeTest {

    private static final String REFUSAL = "an executor computes other vectors than the driver";

    /** Moves what {@link LibraryDependent} computes, by so much. */
    private static final String LIBRARY = "probe.test.library";

    private static final RunSpec SPEC = RunConfiguration.parse(
            """
            name: probed
            private_data: {format: json, path: in}
            privacy: {noise_multiplier: 3, delta: 1e-5}
            evolution: {samples: 7, votes: 1}
            text: {columns: [text], corpus: {format: json, path: corpus, column: text}}
            output: {path: out}
            """,
            "probed.yaml",
            List.of());

    private static final PrivateColumns COLUMNS = PrivateColumns.of(SPEC);

    @TempDir
    Path directory;

    @Test
    void whereVectorsAreThoseOfTheDriverRecordsAreEmbedded() throws Exception {
        assertThat(inAnotherJvm(
                        "",
                        new EmbeddedRecords<>(COLUMNS, new RecordVectors.Embedded(COLUMNS, new LibraryDependent()))))
                .isEqualTo("null");
        assertThat(inAnotherJvm("", packer())).isEqualTo("");
    }

    @Test
    void whereVectorsAreOthersNoTextIsEmbedded() throws Exception {
        assertThat(inAnotherJvm(
                        "1",
                        new EmbeddedRecords<>(COLUMNS, new RecordVectors.Embedded(COLUMNS, new LibraryDependent()))))
                .startsWith(REFUSAL)
                .contains("run on machines of one kind");
        assertThat(inAnotherJvm("1", packer())).startsWith(REFUSAL);
    }

    @Test
    void whereVectorsAreOthersNoImageIsEmbedded() throws Exception {
        PixelEncoder encoder =
                new PixelEncoder(new ImageFrame(2, 2, ImageFrame.Fit.CROP, Resampling.BILINEAR), Channels.RGB);

        assertThat(inAnotherJvm("1", new EmbeddedImages(COLUMNS, new ImageDecoder(100), new Dependent(encoder))))
                .startsWith(REFUSAL);
        assertThat(inAnotherJvm("", new EmbeddedImages(COLUMNS, new ImageDecoder(100), new Dependent(encoder))))
                .isEqualTo("null");
    }

    @Test
    void theSamplesAreEmbeddedOncePerJvm() {
        Counted embedder = new Counted();
        EmbeddingProbe probe = EmbeddingProbe.of(embedder);
        probe.requireSame();
        EmbeddingProbe.of(embedder).requireSame();

        assertThat(Counted.PROBES).hasValue(1);
    }

    /** The samples of each embedding are many enough to tell it from another one. */
    @Test
    void theSamplesOfTablesAndImagesTellEmbeddingsApart() {
        RunSpec customers = Customers.spec(Path.of("in"), Path.of("out"));
        TabularEmbedder table = new TabularEmbedder(customers.tabular().schema(), 1, 0.5);
        TabularEmbedder other = new TabularEmbedder(customers.tabular().schema(), 1, 0.5000001);
        assertThat(table.probe()).hasSize(5 * table.dimension()).isNotEqualTo(other.probe());

        ImageFrame frame = new ImageFrame(3, 5, ImageFrame.Fit.CROP, Resampling.BILINEAR);
        float[] colours = new PixelEncoder(frame, Channels.RGB).probe();
        assertThat(colours).hasSize(4 * 3 * 5 * Pixels.CHANNELS);
        assertThat(new PixelEncoder(new ImageFrame(3, 5, ImageFrame.Fit.CROP, Resampling.BICUBIC), Channels.RGB)
                        .probe())
                .isNotEqualTo(colours);
    }

    /** As a run on a cluster meets it: one kind of executors, and a driver of another. */
    @Test
    @Tag("faults")
    void aClusterOfOtherMachinesThanTheDriverIsRefused() throws Exception {
        Path outcome = directory.resolve("outcome");
        Map<String, String> environment = Map.of(
                "SPARK_TESTING", "1",
                "SPARK_HOME", Files.createDirectories(directory.resolve("home")).toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", "127.0.0.1");
        try (ChildJvm cluster = ChildJvm.start(Cluster.class, directory, environment, outcome.toString())) {
            cluster.awaitSuccess();
        }

        assertThat(Files.readAllLines(outcome)).hasSize(2).allMatch(line -> line.contains(REFUSAL));
    }

    /** Writes how private records and candidates were refused. */
    static final class Cluster {

        private Cluster() {}

        public static void main(String[] arguments) throws Exception {
            try (SparkSession spark = SparkSession.builder()
                    .master("local-cluster[2,1,1024]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.executor.extraClassPath", ChildJvm.classPath())
                    .config("spark.executor.extraJavaOptions", "-D" + LIBRARY + "=1")
                    .getOrCreate()) {
                var records = spark.createDataFrame(
                        List.of(RowFactory.create("a text", null)),
                        StructType.fromDDL("text STRING, _pe_problem STRING"));
                String refused = "";
                try {
                    PrivateVectors.embed(SPEC, records, new LibraryDependent());
                } catch (PrivateDataException e) {
                    refused = e.getMessage();
                }
                String candidates = "";
                try {
                    new ClusterEmbedder(spark, "probed", new LibraryDependent()).embed(List.of(new Text("a text")));
                } catch (ModelException e) {
                    candidates = e.getMessage();
                }
                Files.write(Path.of(arguments[0]), List.of(refused, candidates));
            }
        }
    }

    private static BlockPacker<Payload> packer() {
        return new BlockPacker<>(COLUMNS, new RecordVectors.Embedded(COLUMNS, new LibraryDependent()));
    }

    /** The problem that a task tells of one record, in a JVM with another library. */
    private String inAnotherJvm(String library, MapPartitionsFunction<Row, Row> task) throws Exception {
        Path file = Files.createTempFile(directory, "task", ".bin");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(task);
        }
        Files.write(file, bytes.toByteArray());
        Path outcome = directory.resolve(file.getFileName() + ".outcome");
        try (ChildJvm executor =
                ChildJvm.start(Executor.class, directory, Map.of(), file.toString(), outcome.toString(), library)) {
            executor.awaitSuccess();
        }
        return Files.readString(outcome);
    }

    /** Runs a task on one record. */
    static final class Executor {

        private Executor() {}

        /** @param arguments the task, where to write what it says, the library */
        public static void main(String[] arguments) throws Exception {
            if (!arguments[2].isEmpty()) {
                System.setProperty(LIBRARY, arguments[2]);
            }
            try (ObjectInputStream in =
                    new ObjectInputStream(new ByteArrayInputStream(Files.readAllBytes(Path.of(arguments[0]))))) {
                @SuppressWarnings("unchecked")
                MapPartitionsFunction<Row, Row> task = (MapPartitionsFunction<Row, Row>) in.readObject();
                byte[] png = Png.encode(new Pixels(1, 1, new byte[Pixels.CHANNELS]));
                boolean images = task instanceof EmbeddedImages;
                Row record = images ? RowFactory.create(png, null) : RowFactory.create("a private text", null);
                Iterator<Row> rows = task.call(List.of(record).iterator());
                Row row = rows.next();
                Object problem =
                        task instanceof BlockPacker ? VectorBlock.of(row).problem() : row.get(row.size() - 1);
                Files.writeString(Path.of(arguments[1]), String.valueOf(problem));
            }
        }
    }

    /** Stands for a model whose last bits depend on the machine. */
    static final class LibraryDependent implements Embedder {

        private static final long serialVersionUID = 1L;

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public String fingerprint() {
            return "library-dependent";
        }

        @Override
        public float[] embed(List<? extends Payload> payloads) {
            float[] vectors = new float[payloads.size()];
            Arrays.fill(vectors, 1 + Math.ulp(1f) * Integer.getInteger(LIBRARY, 0));
            return vectors;
        }

        @Override
        public float[] probe() {
            return embed(List.of(new Text("public")));
        }
    }

    /** The same of images. */
    record Dependent(PixelEncoder pixels) implements ImageEncoder {
        @Override
        public int dimension() {
            return pixels.dimension();
        }

        @Override
        public String fingerprint() {
            return "library-dependent-images";
        }

        @Override
        public void encode(Pixels image, float[] vectors, int at) {
            pixels.encode(image, vectors, at);
            vectors[at] += Integer.getInteger(LIBRARY, 0);
        }
    }

    private static final class Counted implements Embedder {

        private static final long serialVersionUID = 1L;
        private static final AtomicInteger PROBES = new AtomicInteger();

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public String fingerprint() {
            return "counted";
        }

        @Override
        public float[] embed(List<? extends Payload> payloads) {
            return new float[payloads.size()];
        }

        @Override
        public float[] probe() {
            PROBES.incrementAndGet();
            return new float[1];
        }
    }
}

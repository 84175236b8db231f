package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.embedding.PixelEncoder;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.generation.image.Avatar;
import org.privateevolution.generation.image.Simulator;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.CsvDialect;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImageSpec.Channels;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Resampling;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.Seed;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.SimulatedImage;
import org.privateevolution.model.StoredImage;
import org.privateevolution.model.Text;
import org.privateevolution.model.TextSpec;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.contract.EmbedderContract;
import org.privateevolution.vector.Metric;

/** What goes to executors survives Java serialisation, and does the same there. */
class SerializationTest {

    private static final RunSpec SPEC = Customers.spec(Path.of("in"), Path.of("out"));
    private static final Embedder EMBEDDER = new TabularEmbedder(SPEC.tabular().schema(), 1, 0.5);

    private final SparkSession spark = TestSession.spark();

    @Test
    void theReadAndEmbedTasksDoTheSame() throws Exception {
        Customers.rows(spark).createOrReplaceTempView("serialized");
        RunSpec source = Customers.spec(Path.of("in"), Path.of("out"), "private_data={table: serialized}");
        List<Row> rows = new PrivateSource(spark).open(source).collectAsList();
        SoundRecords sound = new SoundRecords("table serialized", rows.get(0).size());
        BlockPacker<Payload> packer = new BlockPacker<>(
                PrivateColumns.of(SPEC), new RecordVectors.Embedded(PrivateColumns.of(SPEC), EMBEDDER));

        assertThat(all(copy(sound), rows)).isEqualTo(all(sound, rows)).hasSize(Customers.ROWS);
        List<Row> expected = all(packer, rows);
        List<Row> blocks = all(copy(packer), rows);
        assertThat(blocks).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < blocks.size(); i++) {
            VectorBlock block = VectorBlock.of(blocks.get(i));
            assertThat(block.rows()).isPositive();
            assertThat(block.vectors())
                    .isEqualTo(VectorBlock.of(expected.get(i)).vectors());
            assertThat(block.labels()).isEqualTo(VectorBlock.of(expected.get(i)).labels());
        }
        MarginalsStage.CountTask marginals = new MarginalsStage.CountTask(SPEC);
        assertThat(all(copy(marginals), rows).get(0))
                .isEqualTo(all(marginals, rows).get(0));
        assertThat(copy(PrivateColumns.of(SPEC))).isEqualTo(PrivateColumns.of(SPEC));
        assertThat(copy(EMBEDDER).fingerprint()).isEqualTo(EMBEDDER.fingerprint());
        PrecomputedVectors precomputed = new PrecomputedVectors("embedding", 3);
        assertThat(copy(precomputed)).isEqualTo(precomputed);
    }

    @Test
    void theTextTasksDoTheSame(@TempDir Path folder) throws Exception {
        RunSpec spec = Mails.corpusRun(Mails.write(folder), folder.resolve("out"));
        PrivateColumns columns = PrivateColumns.of(spec);
        TextSpec text = (TextSpec) spec.modality();
        Embedder embedder = TextEmbedding.open(text.embedding(), 1);
        List<Row> rows = new PrivateSource(spark).open(spec).limit(7).collectAsList();
        EmbeddedRecords<Payload> records =
                new EmbeddedRecords<>(columns, new RecordVectors.Embedded(columns, embedder));

        List<Row> embedded = all(records, rows);
        assertThat(all(copy(records), rows)).isEqualTo(embedded).hasSize(7);
        PrivateColumns vectorColumns = PrivateColumns.ofVectors(spec, EmbeddedRecords.VECTOR);
        RecordVectors.Given given =
                new RecordVectors.Given(new PrecomputedVectors(EmbeddedRecords.VECTOR, embedder.dimension()));
        List<Row> blocks = all(copy(new BlockPacker<>(vectorColumns, given)), embedded);
        assertThat(VectorBlock.of(blocks.get(0)).rows()).isEqualTo(7);
        List<Row> checked = all(
                copy(new BlockPacker<>(columns, new RecordVectors.Embedded(columns, new PrivateTexts.Unembedded()))),
                rows);
        assertThat(VectorBlock.of(checked.get(0)).vectors()).hasSize(7);
        EmbeddingProbe probe = EmbeddingProbe.of(embedder);
        copy(probe).requireSame();
        List<Row> numbered = List.of(PayloadRow.of(new Text("one"), 0), PayloadRow.of(new Text("two"), 1));
        assertThat(all(copy(new ClusterEmbedder.Task(embedder, probe)), numbered))
                .isEqualTo(all(new ClusterEmbedder.Task(embedder, probe), numbered));
        assertThat(all(copy(new ReferenceVectors.Moments(embedder.dimension())), blocks)
                        .get(0)
                        .count())
                .isEqualTo(7);
        assertThat(all(copy(new TextEvaluation.Lengths(columns)), rows)
                        .get(0)
                        .wasserstein(
                                all(new TextEvaluation.Lengths(columns), rows).get(0)))
                .isZero();
        assertThat(all(copy(new ReferenceVectors.SampledVectors(embedder.dimension(), 1, 3)), blocks)
                        .get(0))
                .isEqualTo(VectorBlock.of(blocks.get(0)).vectors());
        assertThat(copy(new HadoopFile("x"))).isEqualTo(new HadoopFile("x"));
    }

    @Test
    void theParsingTasksDoTheSame(@TempDir Path folder) throws Exception {
        Path csv = Files.writeString(folder.resolve("a.csv"), "a,b\n1,\"x\ny\"\n");
        Path json = Files.writeString(folder.resolve("a.jsonl"), "{\"a\":1,\"b\":\"x\"}\n{\"a\":2}\n");
        CsvSyntax commas = new CsvSyntax(
                CsvDialect.of(ReaderOptions.withDefaults("csv", Map.of())), false, List.of("b"), List.of("a", "b"));
        JsonSyntax objects = new JsonSyntax(JsonObjects.factory(Map.of()), List.of("b"));
        ParsedRecords.AsRows fromCsv = new ParsedRecords.AsRows(new ParsedRecords(commas, "UTF-8", true), 1);
        ParsedRecords parsing = new ParsedRecords(objects, "UTF-8", true);
        ParsedRecords.AsRows fromJson = new ParsedRecords.AsRows(parsing, 1);
        OccurringColumns.Search search = new OccurringColumns.Search(objects, parsing);
        StructType one = StructType.fromDDL("value STRING, problem STRING");

        assertThat(onExecutors(copy(fromCsv), csv, Encoders.row(one)))
                .isEqualTo(onExecutors(fromCsv, csv, Encoders.row(one)))
                .hasSize(1);
        assertThat(onExecutors(copy(fromJson), json, Encoders.row(one)))
                .isEqualTo(onExecutors(fromJson, json, Encoders.row(one)))
                .hasSize(2);
        assertThat(onExecutors(copy(search), json, Encoders.STRING()))
                .containsExactlyInAnyOrderElementsOf(onExecutors(search, json, Encoders.STRING()))
                .isNotEmpty();
    }

    /** What a task makes of a file; it wants to know when its partition ends. */
    private <T> List<T> onExecutors(MapPartitionsFunction<Row, T> task, Path file, Encoder<T> encoder) {
        return spark.createDataFrame(
                        List.of(RowFactory.create(file.toUri().toString())), StructType.fromDDL("path STRING"))
                .mapPartitions(task, encoder)
                .collectAsList();
    }

    @Test
    void embeddersOfExtensionsDoTheSame() {
        EmbedderContract.verify(
                ForeignEmbedder.of(new ExtensionSpec("letters", "1.0", Map.of())),
                List.of(new Text("one"), new Text("two and three")));
        EmbedderContract.verify(
                ForeignEncoder.of(
                        new ExtensionSpec("mean-color", "1.0", Map.of()),
                        new ImageFrame(2, 2, ImageFrame.Fit.STRETCH, Resampling.BILINEAR)),
                List.of(new Pixels(1, 1, new byte[] {1, 2, 3}), new Pixels(3, 1, new byte[9])));
    }

    @Test
    void theImageTasksDoTheSame(@TempDir Path folder) throws Exception {
        RunSpec spec = Portraits.run(Portraits.write(folder), folder.resolve("out"));
        PrivateColumns columns = PrivateColumns.of(spec);
        ImageDecoder decoder = new ImageDecoder(10_000);
        PixelEncoder encoder =
                new PixelEncoder(new ImageFrame(3, 5, ImageFrame.Fit.CROP, Resampling.BILINEAR), Channels.RGB);
        List<Row> files = FolderFiles.list(spec.privateData().location()).stream()
                .map(file -> RowFactory.create(file.get(0), file.get(2), file.get(1), null))
                .toList();
        FolderFiles.Opened opened = new FolderFiles.Opened();
        List<Row> images = all(opened, files);
        assertThat(bytes(all(copy(opened), files))).isEqualTo(bytes(images)).hasSize(Portraits.COUNT);
        EmbeddedImages embedding = new EmbeddedImages(columns, decoder, encoder);
        assertThat(bytes(all(copy(embedding), images))).isEqualTo(bytes(all(embedding, images)));
        PrivateImageVectors.Decoded decoded = new PrivateImageVectors.Decoded(columns, decoder, true);
        assertThat(copy(decoded).read(images.get(0))).isTrue();
        Portraits.Packed packed = Portraits.writePacked(folder, 7);
        PackedImages.Parts parts = new PackedImages.Parts(PackedImages.idx(packed.images(), packed.labels()), 2, true);
        assertThat(bytes(all(copy(parts), List.of(0, 1))))
                .isEqualTo(bytes(all(parts, List.of(0, 1))))
                .hasSize(7);
        assertThat(copy(parts.packed())).isEqualTo(parts.packed());

        Simulator simulator = new Avatar(8, 8, Schedule.of(0.5), Schedule.of(0.5));
        SimulatedImage image = simulator.random(0, new Seed(3));
        SimulatedRenderer renderer = new SimulatedRenderer(simulator);
        assertThat(copy(renderer).render(image).rgb())
                .isEqualTo(renderer.render(image).rgb());
        StoredImage stored = new StoredImage(
                files.get(0).getString(0), Sha256.of(((byte[]) images.get(0).get(0))));
        StoredRenderer reader = new StoredRenderer("/nowhere", decoder);
        assertThat(copy(reader).render(stored).rgb())
                .isEqualTo(reader.render(stored).rgb());
        Row payload = PayloadRow.of(image, 0);
        Row sample = RowFactory.create(payload.get(0), payload.get(1), payload.get(2), payload.get(3), 1, 0.5);
        SyntheticImages.Encoded encoded = new SyntheticImages.Encoded(renderer, columns);
        assertThat(bytes(all(copy(encoded), List.of(sample)))).isEqualTo(bytes(all(encoded, List.of(sample))));
        copy(new SyntheticImages.Files(renderer, folder.resolve("png").toString(), List.of("x", "y")))
                .call(List.of(sample).iterator());
        assertThat(folder.resolve("png/y/000000.png")).isNotEmptyFile();
        Row file = RowFactory.create("file:/p/l/i.png", images.get(0).get(0));
        PublicImages.Checked checked = new PublicImages.Checked(decoder);
        assertThat(all(copy(checked), List.of(file))).isEqualTo(all(checked, List.of(file)));
    }

    /** Rows with the bytes in them made comparable. */
    private static List<String> bytes(List<Row> rows) {
        List<String> comparable = new ArrayList<>();
        for (Row row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i) instanceof byte[] some ? HexFormat.of().formatHex(some) : row.get(i))
                        .append('|');
            }
            comparable.add(line.toString());
        }
        return comparable;
    }

    @Test
    void theVoteTasksDoTheSame() throws Exception {
        Electorate electorate = new Electorate();
        RunSpec spec = Electorate.spec(Metric.L2, 3, PrivacyUnit.RECORD, 1, 0);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        try (PrivateVectors vectors = electorate.privateVectors(spark, spec);
                CandidateVectors candidates = CandidateVectors.broadcast(
                        context, electorate.candidates(), Electorate.DIMENSION, Electorate.LABEL_OFFSETS, 100)) {
            List<Row> blocks = vectors.blocks().collectAsList();
            VoteTask vote =
                    new VoteTask("run", "vote", copy(candidates), Metric.L2, 3, PrivacyUnit.RECORD, "auto", true);
            LabelCountTask count = new LabelCountTask(4, PrivacyUnit.RECORD);

            assertThat(TestNoise.cleanVotes(all(copy(vote), blocks).get(0).histogram()))
                    .isEqualTo(electorate.votes(Metric.L2, 3, PrivacyUnit.RECORD));
            assertThat(TestNoise.cleanVotes(all(copy(count), blocks).get(0).histogram()))
                    .isEqualTo(electorate.labelVotes(PrivacyUnit.RECORD));
            VoteCount counted = copy(all(vote, blocks).get(0));
            assertThat(TestNoise.cleanVotes(counted.histogram()))
                    .isEqualTo(electorate.votes(Metric.L2, 3, PrivacyUnit.RECORD));
            assertThat(counted.effort().rows()).isPositive();
            assertThat(counted.read().sameAs(vectors.first())).isTrue();
            assertThat(copy(all(count, blocks).get(0)).read().sameAs(vectors.first()))
                    .isTrue();
            List<Row> fewer = blocks.subList(1, blocks.size());
            assertThat(all(vote, fewer).get(0).read().sameAs(vectors.first())).isFalse();
            VoteStage.Merge merge = new VoteStage.Merge(electorate.votes(Metric.L2, 3, PrivacyUnit.RECORD).length);
            assertThat(TestNoise.cleanVotes(
                            all(copy(merge), all(vote, blocks)).get(0).histogram()))
                    .isEqualTo(electorate.votes(Metric.L2, 3, PrivacyUnit.RECORD));
        }
    }

    /** A class that becomes serialisable has to be copied above, and be named here. */
    @Test
    void everySerialisableClassOfThePackageIsTested() throws Exception {
        Path classes = Path.of(VoteTask.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> serialisable = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes.resolve("org/privateevolution/spark"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (name.equals("package-info")) {
                    continue;
                }
                Class<?> type = Class.forName("org.privateevolution.spark." + name);
                if (Serializable.class.isAssignableFrom(type) && !Throwable.class.isAssignableFrom(type)) {
                    serialisable.add(name);
                }
            }
        }

        assertThat(serialisable)
                .containsExactlyInAnyOrder(
                        "BlockPacker",
                        "CandidateVectors",
                        "ClientPseudonyms",
                        // Stays on the driver; only its task travels.
                        "ClusterEmbedder",
                        "ClusterEmbedder$Task",
                        // Made by the syntax where files are parsed; serialisable as parts of it.
                        "CsvLayout",
                        "CsvParser$LineEnds",
                        "CsvSyntax",
                        "EmbeddedImages",
                        "EmbeddedRecords",
                        "EmbeddingProbe",
                        "EmbeddingProbe$Samples",
                        "FolderFiles$Opened",
                        "ForeignEmbedder",
                        "ForeignEncoder",
                        "HadoopFile",
                        "JsonSyntax",
                        "LabelCountTask",
                        "MarginalCountTask",
                        "MarginalsStage$CountTask",
                        "OccurringColumns$Search",
                        "PackedImages",
                        "PackedImages$Parts",
                        "ParsedRecords",
                        "ParsedRecords$AsRows",
                        "PrecomputedVectors",
                        "PrivateColumns",
                        "PrivateImageVectors$Decoded",
                        "PublicImages$Checked",
                        // They travel within blocks and counts.
                        "RecordsDigest",
                        "RecordsRead",
                        "RecordVectors",
                        "RecordVectors$Embedded",
                        "RecordVectors$Given",
                        "ReferenceVectors$Moments",
                        "ReferenceVectors$SampledVectors",
                        // What VoteTask and LabelCountTask share.
                        "ReleaseTask",
                        "SearchEffort",
                        "SoundRecords",
                        "StoredRenderer",
                        "SimulatedRenderer",
                        "SyntheticImages$Encoded",
                        "SyntheticImages$Files",
                        "TextEvaluation$Lengths",
                        "TextSyntax",
                        "PrivateTexts$Unembedded",
                        "VoteCount",
                        "VoteStage$Merge",
                        "VoteTask");
    }

    private static <T, U> List<U> all(MapPartitionsFunction<T, U> task, List<T> input) throws Exception {
        List<U> output = new ArrayList<>();
        Iterator<U> results = task.call(input.iterator());
        results.forEachRemaining(output::add);
        return output;
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T original) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}

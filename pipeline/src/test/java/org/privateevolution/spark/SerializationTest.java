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
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spi.Embedder;
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
        EmbeddedRecords records = new EmbeddedRecords(columns, embedder);

        List<Row> embedded = all(records, rows);
        assertThat(all(copy(records), rows)).isEqualTo(embedded).hasSize(7);
        PrivateColumns vectorColumns = PrivateColumns.ofVectors(spec, EmbeddedRecords.VECTOR);
        RecordVectors.Given given =
                new RecordVectors.Given(new PrecomputedVectors(EmbeddedRecords.VECTOR, embedder.dimension()));
        List<Row> blocks = all(copy(new BlockPacker<>(vectorColumns, given)), embedded);
        assertThat(VectorBlock.of(blocks.get(0)).rows()).isEqualTo(7);
        List<Row> checked = all(
                copy(new BlockPacker<>(columns, new RecordVectors.Embedded(columns, new TextModality.Unembedded()))),
                rows);
        assertThat(VectorBlock.of(checked.get(0)).vectors()).hasSize(7);
        List<Row> numbered = List.of(RowFactory.create("one", 0), RowFactory.create("two", 1));
        assertThat(all(copy(new ClusterEmbedder.Task(embedder)), numbered))
                .isEqualTo(all(new ClusterEmbedder.Task(embedder), numbered));
        assertThat(all(copy(new TextEvaluation.Moments(embedder.dimension())), blocks)
                        .get(0)
                        .count())
                .isEqualTo(7);
        assertThat(all(copy(new TextEvaluation.Lengths(columns)), rows)
                        .get(0)
                        .wasserstein(
                                all(new TextEvaluation.Lengths(columns), rows).get(0)))
                .isZero();
        assertThat(all(copy(new TextEvaluation.SampledVectors(embedder.dimension(), 1, 3)), blocks)
                        .get(0))
                .isEqualTo(VectorBlock.of(blocks.get(0)).vectors());
        assertThat(copy(new HadoopFile("x"))).isEqualTo(new HadoopFile("x"));
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
            VoteTask vote = new VoteTask("vote", copy(candidates), Metric.L2, 3, PrivacyUnit.RECORD, "auto", true);
            LabelCountTask count = new LabelCountTask(4, PrivacyUnit.RECORD);

            assertThat(TestNoise.cleanVotes(all(copy(vote), blocks).get(0).histogram()))
                    .isEqualTo(electorate.votes(Metric.L2, 3, PrivacyUnit.RECORD));
            assertThat(TestNoise.cleanVotes(all(copy(count), blocks).get(0).histogram()))
                    .isEqualTo(electorate.labelVotes(PrivacyUnit.RECORD));
            VoteCount counted = copy(all(vote, blocks).get(0));
            assertThat(TestNoise.cleanVotes(counted.histogram()))
                    .isEqualTo(electorate.votes(Metric.L2, 3, PrivacyUnit.RECORD));
            assertThat(counted.effort().rows()).isPositive();
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
                        // Stays on the driver; only its task travels.
                        "ClusterEmbedder",
                        "ClusterEmbedder$Task",
                        "EmbeddedRecords",
                        "HadoopFile",
                        "LabelCountTask",
                        "MarginalsStage$CountTask",
                        "PrecomputedVectors",
                        "PrivateColumns",
                        "RecordVectors",
                        "RecordVectors$Embedded",
                        "RecordVectors$Given",
                        "SearchEffort",
                        "SoundRecords",
                        "TextEvaluation$Lengths",
                        "TextEvaluation$Moments",
                        "TextEvaluation$SampledVectors",
                        "TextModality$Unembedded",
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

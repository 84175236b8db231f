package org.privateevolution.spark.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateevolution.fixtures.Copies.all;
import static org.privateevolution.fixtures.Copies.copy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.embedding.OnnxTextEmbedder;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Resampling;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Text;
import org.privateevolution.spark.session.HadoopFile;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.contract.EmbedderContract;

/** What goes to executors survives Java serialisation, and does the same there. */
class SerializationTest {

    private static final RunSpec SPEC = Customers.spec(Path.of("in"), Path.of("out"));
    private static final Embedder EMBEDDER = new TabularEmbedder(SPEC.tabular().schema(), 1, 0.5);

    private final SparkSession spark = TestSession.spark();

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
    void theReadAndEmbedTasksDoTheSame() throws Exception {
        Customers.rows(spark).createOrReplaceTempView("serialized");
        RunSpec source = Customers.spec(Path.of("in"), Path.of("out"), "private_data={table: serialized}");
        List<Row> rows = new PrivateSource(spark).open(source).collectAsList();
        BlockPacker<Payload> packer = new BlockPacker<>(
                PrivateColumns.of(SPEC), new RecordVectors.Embedded(PrivateColumns.of(SPEC), EMBEDDER));

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
        assertThat(copy(EMBEDDER).fingerprint()).isEqualTo(EMBEDDER.fingerprint());
        PrecomputedVectors precomputed = new PrecomputedVectors("embedding", 3);
        assertThat(copy(precomputed)).isEqualTo(precomputed);
    }

    @Test
    void theTasksOfAModelDoTheSame(@TempDir Path folder) throws Exception {
        RunSpec spec = Mails.corpusRun(Mails.write(folder), folder.resolve("out"));
        PrivateColumns columns = PrivateColumns.of(spec);
        Embedder embedder = OnnxTextEmbedder.open(SentenceModel.miniLm(), 1);
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
        EmbeddingProbe probe = EmbeddingProbe.of(embedder);
        copy(probe).requireSame();
        List<Row> numbered = List.of(PayloadRow.of(new Text("one"), 0), PayloadRow.of(new Text("two"), 1));
        assertThat(all(copy(new ClusterEmbedder.Task(embedder, probe)), numbered))
                .isEqualTo(all(new ClusterEmbedder.Task(embedder, probe), numbered));
        assertThat(all(copy(new ReferenceVectors.Moments(VectorPart.whole(embedder.dimension()))), blocks)
                        .get(0)
                        .count())
                .isEqualTo(7);
        float[] vectors = VectorBlock.of(blocks.get(0)).vectors();
        assertThat(all(copy(new ReferenceVectors.SampledVectors(VectorPart.whole(embedder.dimension()), 1, 3)), blocks)
                        .get(0))
                .isEqualTo(vectors);
        VectorPart part = new VectorPart(embedder.dimension(), 380, 4, 2);
        float[] parts = all(copy(new ReferenceVectors.SampledVectors(part, 1, 3)), blocks)
                .get(0);
        assertThat(parts).hasSize(4 * 7);
        for (int i = 0; i < parts.length; i++) {
            assertThat(parts[i]).isEqualTo(2 * vectors[i / 4 * embedder.dimension() + 380 + i % 4]);
        }
        assertThat(copy(new HadoopFile("x"))).isEqualTo(new HadoopFile("x"));
    }
}

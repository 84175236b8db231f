package org.privateevolution.spark.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateevolution.fixtures.Copies.all;
import static org.privateevolution.fixtures.Copies.copy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.fixtures.Orders;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.RecordVectors;

/** What goes to executors survives Java serialisation, and does the same there. */
class SerializationTest {

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSession.spark();

    @Test
    void partsAndJoinsDoTheSame() throws Exception {
        Orders.writeWide(folder, 5, 1);
        RunSpec spec = Orders.wide(folder);
        ClientTables tables = spec.tabular().clients().orElseThrow();
        List<LearntColumn> columns = new ArrayList<>(tables.root().columns());
        columns.addAll(tables.children().get(0).schema().columns());
        PrivateColumns wide = new PrivateColumns(columns, List.of(), LabelColumns.NONE, "id");
        List<Row> rows = new PrivateSource(spark).open(spec, wide).collectAsList();
        ClientPart part = new ClientPart(wide, tables.root().size(), 0, "");

        List<Row> parts = all(part, rows);

        List<Row> copiedParts = all(copy(part), rows);
        for (int i = 0; i < parts.size(); i++) {
            assertThat(copiedParts.get(i).<byte[]>getAs(4))
                    .isEqualTo(parts.get(i).<byte[]>getAs(4));
        }
        assertThat(parts).hasSameSizeAs(rows);
        ClientJoin join = new ClientJoin(tables, LabelColumns.NONE, true);
        List<Row> joined = all(join, parts);
        List<Row> copied = all(copy(join), parts);
        assertThat(copied).hasSameSizeAs(joined);
        PrivateClients.JoinedRows vectors = new PrivateClients.JoinedRows(new RecordVectors.Embedded(
                PrivateColumns.ofVectors(spec, "_pe_row"), TabularEmbedder.of(spec.tabular())));
        for (int i = 0; i < joined.size(); i++) {
            assertThat(copied.get(i).<byte[]>getAs(0)).isEqualTo(joined.get(i).<byte[]>getAs(0));
            assertThat(copy(vectors).vectors(List.of(vectors.read(copied.get(i)))))
                    .isEqualTo(vectors.vectors(List.of(vectors.read(joined.get(i)))));
        }
    }
}

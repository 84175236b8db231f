package org.privateevolution.spark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateevolution.fixtures.Copies.all;
import static org.privateevolution.fixtures.Copies.copy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateSource;

/** What goes to executors survives Java serialisation, and does the same there. */
class SerializationTest {

    private final SparkSession spark = TestSession.spark();

    @Test
    void theTextTasksDoTheSame(@TempDir Path folder) throws Exception {
        RunSpec spec = Mails.corpusRun(Mails.write(folder), folder.resolve("out"));
        PrivateColumns columns = PrivateColumns.of(spec);
        List<Row> rows = new PrivateSource(spark).open(spec).limit(7).collectAsList();

        List<Payload> texts = rows.stream().map(columns::payload).toList();
        assertThat(copy(new PrivateTexts.Unembedded()).embed(texts)).hasSize(7);
        assertThat(all(copy(new TextEvaluation.Lengths(columns)), rows)
                        .get(0)
                        .wasserstein(
                                all(new TextEvaluation.Lengths(columns), rows).get(0)))
                .isZero();
    }
}

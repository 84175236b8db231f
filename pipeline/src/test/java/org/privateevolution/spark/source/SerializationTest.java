package org.privateevolution.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateevolution.fixtures.Copies.all;
import static org.privateevolution.fixtures.Copies.copy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;

/** What goes to executors survives Java serialisation, and does the same there. */
class SerializationTest {

    private final SparkSession spark = TestSession.spark();

    @Test
    void theReadTaskDoesTheSame() throws Exception {
        Customers.rows(spark).createOrReplaceTempView("serialized");
        RunSpec spec = Customers.spec(Path.of("in"), Path.of("out"), "private_data={table: serialized}");
        List<Row> rows = new PrivateSource(spark).open(spec).collectAsList();
        SoundRecords sound = new SoundRecords("table serialized", rows.get(0).size());

        assertThat(all(copy(sound), rows)).isEqualTo(all(sound, rows)).hasSize(Customers.ROWS);
        assertThat(copy(PrivateColumns.of(spec))).isEqualTo(PrivateColumns.of(spec));
    }
}

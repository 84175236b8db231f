package org.privateevolution.spark.table;

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
import org.privateevolution.spark.source.PrivateSource;

/** What goes to executors survives Java serialisation, and does the same there. */
class SerializationTest {

    private final SparkSession spark = TestSession.spark();

    @Test
    void theCountOfMarginalsDoesTheSame() throws Exception {
        Customers.rows(spark).createOrReplaceTempView("serialized");
        RunSpec spec = Customers.spec(Path.of("in"), Path.of("out"), "private_data={table: serialized}");
        List<Row> rows = new PrivateSource(spark).open(spec).collectAsList();
        MarginalsStage.CountTask marginals = new MarginalsStage.CountTask(spec);
        assertThat(all(copy(marginals), rows).get(0))
                .isEqualTo(all(marginals, rows).get(0));
    }
}

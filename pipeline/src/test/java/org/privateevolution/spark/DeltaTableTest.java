package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a real Delta Lake. */
@Tag("delta")
class DeltaTableTest extends OutputTableContract {

    @TempDir
    static Path warehouse;

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = DeltaRunTest.session(warehouse);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Override
    SparkSession spark() {
        return spark;
    }

    @Override
    String table() {
        return "spark_catalog.default.synthetic";
    }

    @Test
    void rowsAndPropertiesAreOneCommit() {
        run(spec("run", "create"));

        assertThat(spark.sql("DESCRIBE DETAIL " + table()).first().<String>getAs("format"))
                .isEqualTo("delta");
        assertThat(spark.sql("DESCRIBE HISTORY " + table()).count()).isEqualTo(1);
    }
}

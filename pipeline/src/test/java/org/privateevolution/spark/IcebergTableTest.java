package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a real Iceberg catalog. */
@Tag("iceberg")
class IcebergTableTest extends OutputTableContract {

    @TempDir
    static Path warehouse;

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = IcebergRunTest.session(warehouse);
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
        return "lake.crm.synthetic";
    }

    @Test
    void rowsAndPropertiesAreOneCommit() {
        run(spec("run", "create"));

        assertThat(spark.sql("SELECT * FROM " + table() + ".snapshots").count()).isEqualTo(1);
        assertThat(spark.sql("SELECT * FROM " + table() + ".metadata_log_entries")
                        .count())
                .isEqualTo(1);
    }
}

package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.StoreException;

/** Tables of Parquet files in Spark's own catalog, whose commits nobody can find again. */
class OutputTableTest extends OutputTableContract {

    @Override
    SparkSession spark() {
        return TestSession.spark();
    }

    @Override
    String table() {
        return "spark_catalog.default.synthetic_customers";
    }

    /** As the refusal says, after a look. */
    @Override
    void goOn(RunSpec spec) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> run(spec))
                .withMessageContainingAll(
                        "output.table", "does not tell whether they are there", "start the run again");
        assertThat(Path.of(spec.output().location(), "guarantee.json"))
                .as("a run that is not finished does not say that it is")
                .doesNotExist();
        try {
            for (Path record : records("second")) {
                Files.writeString(
                        record, Files.readString(record).replace("\"written\" : false", "\"written\" : true"));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        super.goOn(spec);
    }

    @Test
    void anExternalTableOfFilesIsNotReplaced() {
        spark().sql("CREATE TABLE " + table() + " USING parquet LOCATION '" + folder.resolve("external")
                + "' AS SELECT 1 AS a");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> run(spec("run", "replace")))
                .withMessageContainingAll("output.table", "external table of parquet files");
        assertThat(spark().table(table()).count()).isEqualTo(1);
    }

    @Test
    void thePathOfThePrivateRecordsIsNotATableToWriteTo() {
        spark().sql("CREATE TABLE " + table() + " USING parquet LOCATION '" + folder.resolve("data") + "'");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> run(spec("run", "append")))
                .withMessageContaining("contains the private data");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> run(spec("run", "create", "output.table=a table")))
                .withMessageContaining("output.table: a table is not the name of a table");
    }

    @Test
    void aSchemaThatIsNotThereIsRefusedWhenNothingIsCharged() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> run(spec("run", "create", "output.table=nowhere.customers")))
                .withMessageContainingAll("output.table", "nowhere");
        assertThat(folder.resolve("run/ledger/entry-000001.json")).doesNotExist();
    }
}

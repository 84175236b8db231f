package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.UndeclaredValueException;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.RunListener;

/**
 * Runs on tables of Delta Lake, with Delta's own classes, to which rows are appended meanwhile. These rows have an
 * undeclared tier, so that a run that reads them is refused.
 */
@Tag("delta")
class DeltaRunTest {

    private static final int UNDECLARED = 9;

    @TempDir
    static Path warehouse;

    private static SparkSession spark;

    @TempDir
    private Path folder;

    private Path table;

    @BeforeAll
    static void start() {
        spark = session(warehouse);
    }

    /** A session whose tables are of Delta unless they say otherwise. */
    static SparkSession session(Path warehouse) {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.databricks.delta.snapshotPartitions", "2")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.sql.warehouse.dir", warehouse.toString())
                .config("spark.sql.sources.default", "delta")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @BeforeEach
    void writeTheFirstVersion() {
        table = folder.resolve("customers");
        Customers.rows(spark).write().format("delta").save(table.toString());
    }

    private RunSpec spec(String data, String output, String... overrides) {
        List<String> all = new ArrayList<>(List.of("private_data=" + data));
        all.addAll(List.of(overrides));
        return RunConfiguration.parse(
                Customers.yaml(table.toString(), folder.resolve(output).toString()), "customers.yaml", all);
    }

    private String byPath() {
        return "{format: delta, path: " + table + "}";
    }

    private static PrivateEvolution evolution(RunListener listener) {
        return PrivateEvolution.on(spark).noise(TestNoise.seeded(11)).listener(listener);
    }

    private void append() {
        Dataset<Row> rows = Customers.rows(spark).withColumn("tier", functions.lit(UNDECLARED));
        rows.write().format("delta").mode("append").save(table.toString());
    }

    /** Appends whenever a stage begins. */
    private RunListener appending(String lastStage) {
        return new RunListener() {
            @Override
            public void stageStarted(String stage, long total) {
                append();
                if (stage.equals(lastStage)) {
                    throw new IllegalStateException("stopped at " + stage);
                }
            }
        };
    }

    private long versions() {
        return spark.sql("DESCRIBE HISTORY delta.`" + table + "`").count();
    }

    private void assertPinned(String output, RunResult result) throws IOException {
        JsonNode guarantee = new ObjectMapper()
                .readTree(folder.resolve(output).resolve("guarantee.json").toFile());
        assertThat(guarantee.get("private_data").get("format").asText()).isEqualTo("delta");
        assertThat(guarantee.get("private_data").get("version").asText()).isEqualTo("0");
        assertThat(result.synthetic().count()).isEqualTo(17);
    }

    @Test
    void aRunReadsTheVersionThatItBeganWithWhileRowsAreAppended() throws IOException {
        RunResult expected = evolution(new RunListener() {}).run(spec(byPath(), "quiet"));
        RunResult result = evolution(appending("")).run(spec(byPath(), "busy", "privacy.ledger=" + folder + "/ledger"));

        assertThat(versions()).isGreaterThan(3);
        assertPinned("busy", result);
        assertThat(result.guarantee().charges()).hasSize(2);
        assertThat(result.synthetic().collectAsList())
                .containsExactlyElementsOf(expected.synthetic().collectAsList());
        // The twin: a run that begins now reads what was appended.
        assertThatThrownBy(() -> evolution(new RunListener() {}).run(spec(byPath(), "later")))
                .isInstanceOfAny(UndeclaredValueException.class, PrivateDataException.class);
    }

    @Test
    void aRunThatWasInterruptedGoesOnWithItsVersion() throws IOException {
        RunSpec spec = spec(byPath(), "stopped");
        assertThatThrownBy(() -> evolution(appending("vote 2 of 2")).run(spec)).hasMessageContaining("stopped at");
        append();

        RunResult result = evolution(appending("")).run(spec);

        assertPinned("stopped", result);
        assertThat(result.guarantee().charges()).hasSize(2);
    }

    @Test
    void aTableOfTheCatalogIsReadAtItsVersion() throws IOException {
        spark.sql("CREATE TABLE customers USING delta LOCATION '" + table + "'");
        try {
            RunResult result = evolution(appending("")).run(spec("{table: customers}", "catalog"));

            assertPinned("catalog", result);
        } finally {
            spark.sql("DROP TABLE customers");
        }
    }

    /** Files that are deleted under a run are no reason to read others. */
    @Test
    void aVersionThatWasVacuumedIsRefused() {
        RunSpec spec = spec(byPath(), "stopped");
        assertThatThrownBy(() -> evolution(appending("vote 2 of 2")).run(spec)).hasMessageContaining("stopped at");
        spark.sql("DELETE FROM delta.`" + table + "`");
        spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        spark.sql("VACUUM delta.`" + table + "` RETAIN 0 HOURS");

        assertThatThrownBy(() -> evolution(new RunListener() {}).run(spec))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContainingAll("a file or folder does not exist", "vacuumed or expired", "output.path");
    }

    /** The log itself forgets versions, too. */
    @Test
    void aVersionWhoseCommitIsGoneIsRefused() throws IOException {
        RunSpec spec = spec(byPath(), "stopped");
        assertThatThrownBy(() -> evolution(appending("vote 2 of 2")).run(spec)).hasMessageContaining("stopped at");
        for (int i = 0; i < 12; i++) {
            append();
        }
        Files.delete(table.resolve("_delta_log/00000000000000000000.json"));
        clearCache();

        assertThatThrownBy(() -> evolution(new RunListener() {}).run(spec))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContainingAll("version 0", "vacuumed or expired", "output.path");
    }

    @Test
    void aVersionThatTheUserNamesIsRead() throws IOException {
        append();

        RunResult result = evolution(appending(""))
                .run(spec("{format: delta, path: " + table + ", options: {versionAsOf: '0'}}", "named"));

        assertPinned("named", result);
    }

    /** By reflection, since Delta's classes are there in its own profile alone. */
    private static void clearCache() {
        try {
            Class.forName("org.apache.spark.sql.delta.DeltaLog")
                    .getMethod("clearCache")
                    .invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

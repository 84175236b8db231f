package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
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
 * Runs on tables of Iceberg, with Iceberg's own classes, to which rows are appended meanwhile. These rows have an
 * undeclared tier, so that a run that reads them is refused.
 */
@Tag("iceberg")
class IcebergRunTest {

    private static final String TABLE = "lake.crm.customers";
    private static final int UNDECLARED = 9;

    @TempDir
    static Path warehouse;

    private static SparkSession spark;

    @TempDir
    private Path folder;

    private String first;

    @BeforeAll
    static void start() {
        spark = session(warehouse);
    }

    /** A session with a catalog {@code lake}. */
    static SparkSession session(Path warehouse) {
        SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.lake.type", "hadoop")
                .config("spark.sql.catalog.lake.warehouse", warehouse.toUri().toString())
                .getOrCreate();
        session.sql("CREATE NAMESPACE IF NOT EXISTS lake.crm");
        return session;
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @BeforeEach
    void writeTheFirstVersion() throws Exception {
        Customers.rows(spark).writeTo(TABLE).create();
        first = snapshot();
    }

    @AfterEach
    void drop() {
        spark.sql("DROP TABLE " + TABLE + " PURGE");
    }

    private static String snapshot() {
        return Long.toString(spark.sql("SELECT snapshot_id FROM " + TABLE + ".refs WHERE name = 'main'")
                .first()
                .getLong(0));
    }

    private RunSpec spec(String output) {
        return RunConfiguration.parse(
                Customers.yaml(TABLE, folder.resolve(output).toString()),
                "customers.yaml",
                List.of("private_data={table: " + TABLE + "}"));
    }

    private static PrivateEvolution evolution(RunListener listener) {
        return PrivateEvolution.on(spark).noise(TestNoise.seeded(11)).listener(listener);
    }

    private static void append() {
        try {
            Customers.rows(spark)
                    .withColumn("tier", functions.lit(UNDECLARED))
                    .writeTo(TABLE)
                    .append();
        } catch (AnalysisException e) {
            throw new AssertionError(e);
        }
    }

    /** Appends whenever a stage begins. */
    private static RunListener appending(String lastStage) {
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

    private void assertPinned(String output, RunResult result) throws IOException {
        JsonNode guarantee = new ObjectMapper()
                .readTree(folder.resolve(output).resolve("guarantee.json").toFile());
        assertThat(guarantee.get("private_data").get("format").asText()).isEqualTo("iceberg");
        assertThat(guarantee.get("private_data").get("version").asText()).isEqualTo(first);
        assertThat(result.synthetic().count()).isEqualTo(17);
    }

    @Test
    void aRunReadsTheSnapshotThatItBeganWithWhileRowsAreAppended() throws IOException {
        RunResult expected = evolution(new RunListener() {}).run(spec("quiet"));
        RunResult result = evolution(appending("")).run(spec("busy"));

        assertThat(snapshot()).isNotEqualTo(first);
        assertPinned("busy", result);
        assertThat(result.synthetic().collectAsList())
                .containsExactlyElementsOf(expected.synthetic().collectAsList());
        // The twin: a run that begins now reads what was appended.
        assertThatThrownBy(() -> evolution(new RunListener() {}).run(spec("later")))
                .isInstanceOfAny(UndeclaredValueException.class, PrivateDataException.class);
    }

    @Test
    void aRunThatWasInterruptedGoesOnWithItsSnapshot() throws IOException {
        RunSpec spec = spec("stopped");
        assertThatThrownBy(() -> evolution(appending("vote 2 of 2")).run(spec)).hasMessageContaining("stopped at");
        append();

        RunResult result = evolution(appending("")).run(spec);

        assertPinned("stopped", result);
        assertThat(result.guarantee().charges()).hasSize(2);
    }

    @Test
    void aSnapshotThatHasExpiredIsRefused() {
        RunSpec spec = spec("stopped");
        assertThatThrownBy(() -> evolution(appending("vote 2 of 2")).run(spec)).hasMessageContaining("stopped at");
        spark.sql("CALL lake.system.expire_snapshots(table => 'crm.customers', older_than => TIMESTAMP '2999-01-01"
                + " 00:00:00',"
                + " retain_last => 1)");

        assertThatThrownBy(() -> evolution(new RunListener() {}).run(spec))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContainingAll("version " + first, "vacuumed or expired", "output.path");
    }
}

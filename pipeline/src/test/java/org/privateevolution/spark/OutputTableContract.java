package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.TestNoise;

/** What a table of any format gets from a run, in a catalog of its own. */
abstract class OutputTableContract {

    static final int SAMPLES = 17;

    @TempDir
    Path folder;

    abstract SparkSession spark();

    /** Name of a table that is not there. */
    abstract String table();

    @BeforeEach
    void writeThePrivateRecords() {
        Customers.rows(spark()).write().parquet(folder.resolve("data").toString());
    }

    @AfterEach
    void drop() {
        spark().sql("DROP TABLE IF EXISTS " + table());
    }

    RunSpec spec(String output, String mode, String... overrides) {
        List<String> all = new ArrayList<>(List.of("output.table=" + table(), "output.table_mode=" + mode));
        all.addAll(List.of(overrides));
        return RunConfiguration.parse(
                Customers.yaml(
                        folder.resolve("data").toString(),
                        folder.resolve(output).toString()),
                "customers.yaml",
                all);
    }

    RunResult run(RunSpec spec) {
        return PrivateEvolution.on(spark()).noise(TestNoise.seeded(11)).run(spec);
    }

    Map<String, String> properties() {
        return spark().sql("SHOW TBLPROPERTIES " + table()).collectAsList().stream()
                .filter(row -> row.getString(0).startsWith("private_evolution."))
                .collect(Collectors.toMap(
                        row -> row.getString(0).substring("private_evolution.".length()), row -> row.getString(1)));
    }

    private List<String> rows() {
        return spark().table(table()).collectAsList().stream()
                .map(Object::toString)
                .sorted()
                .toList();
    }

    private static List<String> rows(RunResult result) {
        return result.synthetic().collectAsList().stream()
                .map(Object::toString)
                .sorted()
                .toList();
    }

    private boolean isCharged(String output) {
        return Files.exists(folder.resolve(output).resolve("ledger/entry-000001.json"));
    }

    /** What a run has noted of publications in tables. */
    List<Path> records(String output) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(output).resolve("store/tables"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** What a start leaves that was killed when the rows were there and it had not noted that. */
    private void killedAfterTheRows(String output) throws IOException {
        Files.delete(folder.resolve(output).resolve("guarantee.json"));
        for (Path record : records(output)) {
            String noted = Files.readString(record);
            assertThat(noted).contains("\"written\" : true");
            Files.writeString(record, noted.replace("\"written\" : true", "\"written\" : false"));
        }
    }

    @Test
    void aTableIsMadeWithRowsPropertiesAndComments() {
        RunResult result = run(spec("run", "create"));

        assertThat(rows()).hasSize(SAMPLES).isEqualTo(rows(result));
        assertThat(properties())
                .containsEntry("epsilon", Double.toString(result.guarantee().epsilon()))
                .containsEntry("delta", "1.0E-5")
                .containsEntry("unit", "record")
                .containsEntry("adjacency", "add-remove")
                .containsEntry("run", result.guarantee().runId())
                .containsEntry("ledger_newest_hash", result.guarantee().ledgerHash())
                .containsEntry("guarantee", result.guarantee().sentence());
        Map<String, String> comments = Stream.of(spark().table(table()).schema().fields())
                .collect(Collectors.toMap(
                        StructField::name, field -> field.getComment().get()));
        assertThat(comments)
                .containsEntry("color", "synthetic: one of 3 declared values, or null")
                .containsEntry("price", "synthetic: from 0.00 to 99999.99")
                .containsEntry("tier", "synthetic: the label, one of 3 declared");
    }

    @Test
    void aTableThatIsThereIsNotOverwrittenUnasked() {
        RunResult first = run(spec("run", "create"));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> run(spec("other", "create")))
                .withMessageContainingAll("output.table", "exists already", "append or replace");
        assertThat(isCharged("other")).as("refused before anything is charged").isFalse();
        assertThat(rows()).isEqualTo(rows(first));
    }

    @Test
    void theRunThatMadeATableMayBeStartedAgain() throws IOException {
        RunResult first = run(spec("run", "create"));
        Files.delete(folder.resolve("run/guarantee.json"));

        run(spec("run", "create"));

        assertThat(rows()).isEqualTo(rows(first));
    }

    @Test
    void anExtendedRunMakesItsOwnTableAnew() {
        run(spec("run", "create"));

        RunResult extended = PrivateEvolution.on(spark())
                .noise(TestNoise.seeded(12))
                .extend(true)
                .run(spec("run", "create", "evolution.schedule=[31, 23, 17, 13]"));

        assertThat(rows()).hasSize(13).isEqualTo(rows(extended));
        assertThat(properties())
                .containsEntry("epsilon", Double.toString(extended.guarantee().epsilon()));
    }

    @Test
    void rowsAreAddedOnceHoweverOftenARunIsStarted() {
        run(spec("first", "create"));
        run(spec("second", "append"));
        run(spec("second", "append"));

        assertThat(rows()).hasSize(2 * SAMPLES);
    }

    /** Two runs on a data set may spend more than either says: none of them may speak for the table. */
    @Test
    void theEpsilonOfOneRunDoesNotStandForTheRowsOfTwo() {
        RunResult first = run(spec("first", "create"));
        RunResult second = run(spec("second", "append"));

        String one = first.guarantee().runId();
        String two = second.guarantee().runId();
        assertThat(properties())
                .doesNotContainKeys("epsilon", "run", "guarantee", "publication")
                .containsEntry(
                        one + ".epsilon", Double.toString(first.guarantee().epsilon()))
                .containsEntry(one + ".unit", "record")
                .containsEntry(
                        two + ".epsilon", Double.toString(second.guarantee().epsilon()))
                .containsEntry(two + ".run", two);
    }

    @Test
    void aRunThatDiedBetweenItsRowsAndItsEndDoesNotAddThemTwice() throws IOException {
        run(spec("first", "create"));
        run(spec("second", "append"));
        killedAfterTheRows("second");

        goOn(spec("second", "append"));

        assertThat(rows()).hasSize(2 * SAMPLES);
    }

    /** The table and its rows are one commit, which the run had not noted yet. */
    @Test
    void aRunThatDiedWhenItHadMadeItsTableDoesNotAddTheRowsAgain() throws IOException {
        run(spec("run", "append"));
        Files.delete(folder.resolve("run/guarantee.json"));
        for (Path record : records("run")) {
            Files.delete(record);
        }

        run(spec("run", "append"));

        assertThat(rows()).hasSize(SAMPLES);
    }

    /** Another number of rows is another publication of the same run. */
    private RunSpec drawn(int rows) {
        return spec("run", "append", "evolution={schedule: [31, 23, 17], selection: estimate}", "output.rows=" + rows);
    }

    @Test
    void aPublicationThatComesBackAfterAnotherIsKnown() {
        run(drawn(SAMPLES));
        run(drawn(9));
        run(drawn(SAMPLES));
        run(drawn(9));

        assertThat(rows()).hasSize(SAMPLES + 9);
    }

    @Test
    void whatWasAddedToATableThatIsGoneIsAddedToItsSuccessor() {
        run(drawn(SAMPLES));
        run(drawn(9));
        drop();

        run(drawn(SAMPLES));
        run(drawn(9));

        assertThat(rows()).hasSize(SAMPLES + 9);
    }

    /** Goes on with a run whose rows are there; a format that cannot tell refuses. */
    void goOn(RunSpec spec) {
        run(spec);
        assertThat(Path.of(spec.output().location(), "guarantee.json")).exists();
    }

    @Test
    void rowsAreNotAddedToATableOfOtherColumns() {
        spark().sql("CREATE TABLE " + table() + " AS SELECT 1 AS color, 'x' AS other");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> run(spec("run", "append")))
                .withMessageContainingAll("output.table", "color int, other string", "tier int");
        assertThat(isCharged("run")).isFalse();
    }

    @Test
    void aTableIsReplacedWithColumnsAndProperties() {
        spark().sql("CREATE TABLE " + table() + " AS SELECT 1 AS color, 'x' AS other");

        RunResult result = run(spec("run", "replace"));

        assertThat(rows()).isEqualTo(rows(result));
        assertThat(properties()).containsEntry("run", result.guarantee().runId());
        run(spec("run", "replace"));
        assertThat(rows()).isEqualTo(rows(result));
    }

    @Test
    void thePrivateTableIsNeverWrittenTo() throws Exception {
        Customers.rows(spark()).writeTo(table()).create();

        for (String mode : List.of("create", "append", "replace")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> run(spec("run", mode, "private_data={table: " + table() + "}")))
                    .withMessageContainingAll("output.table", "contains the private data");
        }
        assertThat(spark().table(table()).count()).isEqualTo(Customers.ROWS);
        assertThat(isCharged("run")).isFalse();
    }

    /** A replaced table would take the private records with it, whatever stands between it and their name. */
    @Test
    void theTableBehindAViewOrADataFrameIsNeverWrittenTo() throws Exception {
        Customers.rows(spark()).writeTo(table()).create();
        Dataset<Row> others = spark().read().parquet(folder.resolve("data").toString());
        others.createOrReplaceTempView("others");
        spark().table(table()).where("price > 1").createOrReplaceTempView("behind");
        spark().sql("SELECT * FROM others WHERE color IN (SELECT color FROM " + table() + ")")
                .createOrReplaceTempView("in_a_subquery");

        for (String mode : List.of("create", "append", "replace")) {
            for (String view : List.of("behind", "in_a_subquery")) {
                assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(() -> run(spec("run", mode, "private_data={table: " + view + "}")))
                        .withMessageContainingAll("output.table", "contains the private data");
                RunSpec given = spec(
                        "run",
                        mode,
                        "private_data={format: dataframe, name: customers}",
                        "privacy.ledger=" + folder.resolve("run/ledger"));
                assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(() -> PrivateEvolution.on(spark())
                                .privateData(spark().table(view))
                                .run(given))
                        .withMessageContainingAll("output.table", "contains the private data");
            }
        }
        assertThat(spark().table(table()).count()).isEqualTo(Customers.ROWS);
        assertThat(isCharged("run")).isFalse();
    }

    @Test
    void aViewOfOtherTablesIsNoReasonToRefuse() {
        spark().read().parquet(folder.resolve("data").toString()).createOrReplaceTempView("others");
        spark().sql("CREATE TABLE " + table() + " AS SELECT 1 AS color, 'x' AS other");

        RunResult result = run(spec(
                "run", "replace", "private_data={table: others}", "privacy.ledger=" + folder.resolve("run/ledger")));

        assertThat(rows()).isEqualTo(rows(result));
    }
}

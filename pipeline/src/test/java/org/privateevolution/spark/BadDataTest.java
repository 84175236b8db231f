package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.CapturedLog;
import org.privateevolution.fixtures.Charges;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spi.StoreException;

/**
 * Bad input ends a run with one line that says what to change, before anything is charged. No private value appears in
 * the exception, in its causes, or in Spark's log.
 */
class BadDataTest {

    /** Stands in every offending private value. */
    private static final String CANARY = "zebrafinch77131";

    private static final String NUMBER_CANARY = "77131.4477";
    /** Spark numbers its attempts by twenty digits at random, which may hold these five. */
    private static final Pattern PRIVATE = Pattern.compile(CANARY + "|(?<!\\d)77131(?!\\d)");

    private static final String HEADER = "color,amount,born,tier,client\n";
    private static final String GOOD = "red,1.5,1990-01-31,1,c1\ngreen,99,1991-02-28,2,c2\n";

    private static final String YAML =
            """
            name: bad
            private_data: {format: csv, path: %s}
            labels: {column: tier, type: integer, values: [1, 2]}
            privacy: {noise_multiplier: 2, delta: 1e-5, ledger: %2$s/ledger}
            evolution: {samples: 7, votes: 2, selection: sample}
            tabular:
              columns:
                - {name: color, type: string, categories: [red, green]}
                - {name: amount, type: double, min: 0, max: 100}
                - {name: born, type: date, min: 1920-01-01, max: 2009-12-31}
            output: {path: %s}
            """;

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path directory;

    private Path data;
    private Path output;

    @BeforeEach
    void name() throws IOException {
        data = Files.createDirectory(directory.resolve("private"));
        output = directory.resolve("out");
    }

    @Test
    void anUndeclaredCategoryIsRefused() throws IOException {
        write("1.csv", HEADER + GOOD + CANARY + ",1.5,1990-01-31,1,c1\n");

        refusal().contains("column 'color'", "not among its declared categories", "other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", CANARY, NUMBER_CANARY})
    void aNumberThatIsNoneOrOutOfBoundsIsRefused(String amount) throws IOException {
        write("1.csv", HEADER + GOOD + "red," + amount + ",1990-01-31,1,c1\n");

        refusal().contains("column 'amount'");
    }

    @Test
    void aDateThatIsNoneIsRefused() throws IOException {
        write("1.csv", HEADER + GOOD + "red,1.5," + CANARY + ",1,c1\n");

        refusal().contains("column 'born'", "date");
    }

    @Test
    void anUnknownLabelIsRefused() throws IOException {
        write("1.csv", HEADER + GOOD + "red,1.5,1990-01-31,77131,c1\n");

        refusal().contains("column 'tier'", "labels.values");
    }

    @ParameterizedTest
    @ValueSource(strings = {",1.5,1990-01-31,1,c1", "red,,1990-01-31,1,c1", "red,1.5,1990-01-31,,c1"})
    void aNullThatIsNotDeclaredIsRefused(String row) throws IOException {
        write("1.csv", HEADER + GOOD + row + "\n");

        refusal().contains("column '", "null");
    }

    @Test
    void aRecordWithoutClientIsRefused() throws IOException {
        write("1.csv", HEADER + GOOD + "red,1.5,1990-01-31,1,\n");

        refusal("private_data.client_column=client", "privacy.unit=client").contains("column 'client'", "no client id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "red,1.5," + CANARY,
                "red,1.5,1990-01-31,1,c1," + CANARY,
                CANARY,
                "\"red,1.5,1990-01-31,1," + CANARY,
            })
    void aCsvLineWithAnotherNumberOfFieldsIsRefused(String line) throws IOException {
        write("1.csv", HEADER + GOOD + line + "\n");

        refusal().contains("is not sound");
        refusal("private_data.options={multiLine: false}").contains("is not sound");
    }

    @Test
    void aCsvLineWithMoreFieldsThanTheParserTakesIsRefused() throws IOException {
        write("1.csv", HEADER + GOOD + (CANARY + ",").repeat(21_000) + "\n");

        refusal().contains("private_data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "client"})
    void aCsvFileWithAnotherHeaderIsRefused(String unit) throws IOException {
        write("1.csv", HEADER + GOOD);
        write("2.csv", CANARY + ",1.5,1990-01-31,1,c1\n" + GOOD);

        refusal(unit(unit)).contains("private_data");
    }

    @Test
    void aCsvFileWithoutHeaderIsRefused() throws IOException {
        write("1.csv", CANARY + ",77131,1990-01-31,1,c1\n");

        refusal().contains("no column color", "header");
    }

    @Test
    void aCsvFileWithoutHeaderMayBeReadByPosition() throws IOException {
        write("1.csv", GOOD);
        RunSpec spec = spec(
                "private_data.options={header: false}",
                "labels.column=_c3",
                "tabular.columns.0.name=_c0",
                "tabular.columns.1.name=_c1",
                "tabular.columns.2.name=_c2");

        assertThat(new PrivateSource(spark).open(spec).collectAsList())
                .containsExactlyInAnyOrder(
                        RowFactory.create("red", "1.5", "1990-01-31", "1", null),
                        RowFactory.create("green", "99", "1991-02-28", "2", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"color\": \"" + CANARY + "\", ",
                CANARY,
                "[1, \"" + CANARY + "\"]",
                "{\"color\": \"red\", \"amount\": {\"" + CANARY + "\": 1}, \"born\": \"1990-01-31\", \"tier\": 1}",
                "{\"color\": \"red\", \"amount\": NaN, \"born\": \"1990-01-31\", \"tier\": 1}",
            })
    void aBadJsonLineIsRefused(String line) throws IOException {
        write("1.json", "{\"color\": \"red\", \"amount\": 1, \"born\": \"1990-01-31\", \"tier\": 1}\n" + line + "\n");

        refusal("private_data.format=json").containsAnyOf("is not sound", "column 'amount'");
        refusal("private_data.format=json", "private_data.options={multiLine: true}")
                .containsAnyOf("is not sound", "column 'amount'");
    }

    @Test
    void aJsonLineWithoutADeclaredColumnIsRefused() throws IOException {
        write(
                "1.json",
                "{\"color\": \"red\", \"amount\": 1, \"born\": \"1990-01-31\", \"tier\": 1}\n"
                        + "{\"color\": \"red\", \"born\": \"1990-01-31\", \"tier\": 1, \"extra\": \"" + CANARY
                        + "\"}\n");

        refusal("private_data.format=json").contains("column 'amount'", "null");
    }

    @Test
    void aJsonColumnThatNoObjectHasIsRefused() throws IOException {
        write("1.json", "{\"color\": \"red\", \"Amount\": 1, \"born\": \"1990-01-31\", \"tier\": 1}\n");

        for (String multiLine : List.of("true", "false")) {
            refusal("private_data.format=json", "private_data.options={multiLine: " + multiLine + "}")
                    .contains("no column amount in any record; did you mean Amount?");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void aFileThatIsNotOfItsFormatIsRefused(String format) throws IOException {
        write("1." + format, CANARY.repeat(100));

        refusal("private_data.format=" + format).contains("private_data: cannot", format);
    }

    @Test
    void aDamagedParquetFileIsRefused() throws IOException {
        spark.createDataFrame(
                        List.of(RowFactory.create(CANARY, 1.5, java.sql.Date.valueOf("1990-01-31"), 1)),
                        StructType.fromDDL("color STRING, amount DOUBLE, born DATE, tier INT"))
                .write()
                .mode("append")
                .parquet(data.toString());
        try (var files = Files.list(data)) {
            Path file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            // The column chunks are damaged, the footer is not.
            java.util.Arrays.fill(bytes, 4, 40, (byte) 0x7f);
            Files.write(file, bytes);
        }
        Files.deleteIfExists(data.resolve("_SUCCESS"));
        try (var files = Files.list(data)) {
            for (Path crc :
                    files.filter(path -> path.toString().endsWith(".crc")).toList()) {
                Files.delete(crc);
            }
        }

        refusal("private_data.format=parquet").contains("private_data: cannot read parquet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "client"})
    void aViewThatFailsIsRefused(String unit) {
        Dataset<Row> rows = spark.createDataFrame(
                List.of(RowFactory.create("red", CANARY, "1990-01-31", 1, "c1")),
                StructType.fromDDL("color STRING, amount STRING, born STRING, tier INT, client STRING"));
        rows.write().mode("overwrite").parquet(data.toString());
        String cast = "cast(amount AS DOUBLE) AS amount";
        String table = "private_data={table: failing" + (unit.equals("client") ? ", client_column: client}" : "}");
        // Spark evaluates the first on the driver as it plans, the second in tasks.
        for (Dataset<Row> source : List.of(rows, spark.read().parquet(data.toString()))) {
            source.selectExpr("color", cast, "born", "tier", "client").createOrReplaceTempView("failing");

            refusal(table, "privacy.unit=" + unit)
                    .contains("cannot read table failing: the query that gives the records cannot convert one of"
                            + " their values");
        }
    }

    @Test
    void aColumnOfNoAtomicTypeIsRefused() {
        spark.sql("SELECT array('" + CANARY + "') AS color, 1.5D AS amount, DATE'1990-01-31' AS born, 1 AS tier")
                .createOrReplaceTempView("nested");

        refusal("private_data={table: nested}").contains("column 'color'");
    }

    /**
     * Spark and Java must agree on which ids are equal, or the records of one client would count as several clients.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "binary('" + CANARY + "')",
                "1.5D",
                "1.5F",
                "array('" + CANARY + "')",
                "named_struct('id', '" + CANARY + "')",
                "'" + CANARY + "' COLLATE UTF8_LCASE",
            })
    void aClientColumnWhoseEqualityIsInDoubtIsRefused(String client) {
        spark.sql("SELECT 'red' AS color, 1.5D AS amount, DATE'1990-01-31' AS born, 1 AS tier, " + client
                        + " AS client")
                .createOrReplaceTempView("doubtful");

        refusal("private_data={table: doubtful, client_column: client}", "privacy.unit=client")
                .contains("client_column 'client'", "string or an integer");
    }

    @Test
    void aPathWithNothingIsRefused() throws IOException {
        Files.delete(data);

        refusal().contains("nothing exists at " + data, "private_data.path");
        refusal("private_data.format=json").contains("nothing exists at " + data);
        refusal("private_data.format=parquet").contains("nothing exists at " + data);
    }

    @Test
    void aTableThatDoesNotExistIsRefused() {
        refusal("private_data={table: spark_catalog.default.nowhere}")
                .contains("no table spark_catalog.default.nowhere", "private_data.table");
    }

    @Test
    void aColumnThatDoesNotExistIsRefused() throws IOException {
        write("1.csv", "color,amount,birth,tier\nred,1.5," + CANARY + ",1\n");

        refusal().contains("no column born");
        spark.sql("SELECT 'red' AS color, 1.5D AS amount, 1 AS tier").createOrReplaceTempView("narrow");
        refusal("private_data={table: narrow}").contains("no column born; the data has color, amount, tier");
    }

    /** An empty data set is a neighbour of every data set of one record, so a run must not tell it from them. */
    @ParameterizedTest
    @ValueSource(strings = {"folder", "file", "header", "record"})
    void emptyDataGiveNoiseAsARecordDoes(String content) throws IOException {
        switch (content) {
            case "file" -> write("1.csv", "");
            case "header" -> write("1.csv", HEADER);
            case "record" -> write("1.csv", HEADER + "red,1.5,1990-01-31,1,c1\n");
            default -> assertThat(data).isEmptyDirectory();
        }
        String[] overrides = {"labels.fractions={noisy: {noise_multiplier: 3}}", "evaluation.private_metrics=true"};

        RunResult result = PrivateEvolution.on(spark).run(spec(overrides));

        assertThat(result.synthetic().count()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet", "orc"})
    void anEmptyFolderIsAnEmptyDataSetOfClients(String format) {
        RunSpec spec =
                spec("private_data.format=" + format, "private_data.client_column=client", "privacy.unit=client");

        assertThat(PrivateEvolution.on(spark).run(spec).synthetic().count()).isEqualTo(7);
    }

    @Test
    void checkingDataSaysThatThereAreNone() throws IOException {
        write("1.csv", HEADER);

        assertThat(catchThrowable(() -> PrivateEvolution.on(spark).check(spec())))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("there are no records");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ignoreCorruptFiles", "ignoreMissingFiles", "ignoreInvalidPartitionPaths"})
    void aSessionThatLeavesFilesOutIsRefused(String name) throws IOException {
        write("1.csv", HEADER + GOOD);
        spark.conf().set("spark.sql.files." + name, "true");
        try {
            refusal().contains("spark.sql.files." + name, "set it to false");
        } finally {
            spark.conf().unset("spark.sql.files." + name);
        }
    }

    @Test
    void severalProblemsMakeOneLine() throws IOException {
        write("1.csv", HEADER + CANARY + ",1.5,1990-01-31,1,c1\n");
        write("2.csv", HEADER + "red," + NUMBER_CANARY + ",1990-01-31,1,c1\n");

        refusal().contains("column 'color'", "column 'amount'");
    }

    @Test
    void aRunWhoseDataWereBadGoesOnOnceTheyAreRepaired() throws IOException {
        write("1.csv", HEADER + GOOD + CANARY + ",1.5,1990-01-31,1,c1\n");
        refusal();
        write("1.csv", HEADER + GOOD);

        assertThat(PrivateEvolution.on(spark).run(spec()).synthetic().count()).isEqualTo(7);
    }

    @Test
    void aRunWhoseConfigurationWasWrongGoesOnOnceItIsCorrected() throws IOException {
        write("1.csv", HEADER + GOOD + "blue,1.5,1990-01-31,1,c1\n");
        refusal();

        RunSpec corrected = spec("tabular.columns.0.categories=[red, green, blue]");
        assertThat(PrivateEvolution.on(spark).run(corrected).synthetic().count())
                .isEqualTo(7);
    }

    @Test
    void checkingDataChargesAndWritesNothing() throws IOException {
        write("1.csv", HEADER + GOOD);
        PrivateEvolution.on(spark).check(spec());
        assertThat(output).doesNotExist();

        write("2.csv", HEADER + CANARY + ",1.5,1990-01-31,1,c1\n");
        assertThat(catchThrowable(() -> PrivateEvolution.on(spark).check(spec())))
                .isInstanceOf(PrivateDataException.class);
        assertThat(output).doesNotExist();
    }

    @Test
    void anOutputThatCannotBeWrittenIsRefused() throws IOException {
        write("1.csv", HEADER + GOOD);
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        Throwable failure = catchThrowable(() -> PrivateEvolution.on(spark).run(spec("output.path=" + file + "/out")));

        assertThat(failure).isInstanceOf(StoreException.class);
        assertThat(failure.getMessage())
                .contains("cannot create", file + "/out")
                .doesNotContain("\n");
    }

    @Test
    void anOutputOfAnotherConfigurationIsRefused() throws IOException {
        write("1.csv", HEADER + GOOD);
        PrivateEvolution.on(spark).run(spec());

        Throwable failure = catchThrowable(() -> PrivateEvolution.on(spark).run(spec("vote.neighbors=2")));

        assertThat(failure).isInstanceOf(ConfigurationException.class);
        assertThat(failure.getMessage())
                .contains("contains a run of another configuration", "vote.neighbors")
                .doesNotContain("\n");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(data.resolve(name), content);
    }

    private RunSpec spec(String... overrides) {
        return RunConfiguration.parse(YAML.formatted(data, output), "bad.yaml", List.of(overrides));
    }

    private static String[] unit(String unit) {
        return unit.equals("client")
                ? new String[] {"private_data.client_column=client", "privacy.unit=client"}
                : new String[0];
    }

    /** Runs, expects the run to be refused as it should, and returns the message. */
    private AbstractStringAssert<?> refusal(String... overrides) {
        RunSpec spec = spec(overrides);
        Throwable failure;
        String log;
        try (CapturedLog captured = new CapturedLog()) {
            failure = catchThrowable(() -> PrivateEvolution.on(spark).run(spec));
            log = captured.text();
        }
        assertThat(failure).isInstanceOf(PrivateDataException.class);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContainPattern(PRIVATE);
        }
        assertThat(log).doesNotContainPattern(PRIVATE);
        assertThat(Charges.in(output.resolve("ledger"))).isEmpty();
        assertThat(output.resolve("synthetic")).doesNotExist();
        return assertThat(failure.getMessage()).startsWith("private_data").doesNotContain("\n");
    }
}

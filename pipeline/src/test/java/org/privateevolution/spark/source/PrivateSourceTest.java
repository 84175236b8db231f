package org.privateevolution.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;

class PrivateSourceTest {

    @TempDir
    Path directory;

    private Path data;

    @BeforeEach
    void name() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
    }

    private RunSpec spec(String format, String... overrides) {
        return RunConfiguration.parse(
                """
                private_data: {format: %s, path: %s}
                privacy: {epsilon: 1, delta: 1e-5}
                evolution: {samples: 2, votes: 1, selection: sample}
                output: {path: unused}
                tabular:
                  columns:
                    - {name: title, type: string, categories: [any]}
                    - {name: note, type: string, categories: [any]}
                """
                        .formatted(format, data),
                "source.yaml",
                List.of(overrides));
    }

    private List<Row> rows(String format, String... overrides) {
        return new PrivateSource(TestSession.spark())
                .open(spec(format, overrides))
                .collectAsList();
    }

    /** Why the data are refused, when they are opened or read. */
    private String refusal(String format, String... overrides) {
        try {
            List<Row> rows = rows(format, overrides);
            return rows.stream()
                    .filter(row -> !row.isNullAt(row.size() - 1))
                    .map(row -> row.getString(row.size() - 1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("read: " + rows));
        } catch (PrivateDataException e) {
            return e.getMessage();
        }
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(data.resolve(name), content);
    }

    @Test
    void quotesInCsvFieldsAreReadAsRfc4180WritesThem() throws IOException {
        write("quoted.csv", "title,note\n\"a \"\"b\"\", c\",plain\n\"\"\"\",x\n");

        assertThat(rows("csv"))
                .containsExactlyInAnyOrder(
                        RowFactory.create("a \"b\", c", "plain", null), RowFactory.create("\"", "x", null));
    }

    /** Two records with two votes each would else stand under the charge for one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/{2024,2024/late}",
                "/{2024/late/b.csv,2024/*}",
                "/{2024/late/b.csv,2024/*/b.csv}",
                "/{*,linked}"
            })
    void aPathThatNamesTheSameFileTwiceIsRefused(String alternatives) throws IOException {
        Files.createDirectories(data.resolve("2024/late"));
        write("2024/late/b.csv", "title,note\na,b\n");
        Files.createSymbolicLink(data.resolve("linked"), data.resolve("2024"));

        assertThat(refusal("csv", "private_data.path=" + data + alternatives)).contains("twice", "Name each once");
        assertThat(refusal("parquet", "private_data.path=" + data + alternatives))
                .contains("twice");
    }

    @Test
    void alternativesThatLieApartAreRead() throws IOException {
        for (String folder : List.of("a", "a-b", "ab")) {
            Files.createDirectories(data.resolve(folder));
            write(folder + "/1.csv", "title,note\n" + folder + ",x\n");
        }

        assertThat(rows("csv", "private_data.path=" + data + "/{a,a-b,ab}")).hasSize(3);
    }

    @Test
    void aClientThatStandsInTheNamesOfFoldersIsRefused() throws IOException {
        Files.createDirectories(data.resolve("who=ann"));
        write("who=ann/1.csv", "title,note\na,b\n");

        assertThat(refusal("csv", "privacy.unit=client", "private_data.client_column=who"))
                .contains("client_column 'who' is in the names of folders");
    }

    /** As Spark writes them, and Hive. */
    @ParameterizedTest
    @ValueSource(strings = {"csv", "parquet"})
    void aClientWhoseColumnIsEscapedInTheNamesOfFoldersIsRefused(String format) {
        String folder = data.resolve("escaped").toString();
        TestSession.spark()
                .sql("SELECT 'a' AS title, 'b' AS note, 'ann' AS `user:id`, 1 AS `100% Größe=#`")
                .write()
                .option("header", "true")
                .partitionBy("user:id", "100% Größe=#")
                .format(format)
                .save(folder);

        for (String client : List.of("user:id", "100% Größe=#")) {
            assertThat(refusal(
                            format,
                            "privacy.unit=client",
                            "private_data.path=" + folder,
                            "private_data.client_column='" + client + "'"))
                    .contains("client_column '" + client + "' is in the names of folders")
                    .doesNotContain("ann");
        }
    }

    /** Spark's scan logs the files of tables, too. */
    @Test
    void aClientThatATableIsPartitionedByIsRefused() {
        SparkSession spark = TestSession.spark();
        Dataset<Row> records = spark.sql("SELECT 'a' AS title, 'b' AS note, 'ann' AS who, 'x' AS id");
        records.write().partitionBy("who").mode("overwrite").saveAsTable("by_who");
        records.createOrReplaceTempView("in_records");
        try {
            for (String table : List.of("by_who", "spark_catalog.default.by_who")) {
                assertThat(refusal(
                                "parquet",
                                "private_data={table: " + table + ", client_column: who}",
                                "privacy.ledger=" + directory,
                                "privacy.unit=client"))
                        .contains("client_column 'who' is in the names of folders")
                        .doesNotContain("ann");
            }
            RunSpec given = spec(
                    "parquet",
                    "private_data={format: dataframe, name: x, client_column: who}",
                    "privacy.ledger=" + directory,
                    "privacy.unit=client");
            assertThatExceptionOfType(PrivateDataException.class)
                    .isThrownBy(() -> new PrivateSource(spark, spark.table("by_who")).open(given))
                    .withMessageContaining("client_column 'who' is in the names of folders");
            assertThat(new PrivateSource(spark, records).open(given).count()).isOne();
            for (String sound :
                    List.of("{table: by_who, client_column: id}", "{table: in_records, client_column: who}")) {
                assertThat(rows(
                                "parquet",
                                "private_data=" + sound,
                                "privacy.ledger=" + directory,
                                "privacy.unit=client"))
                        .hasSize(1);
            }
        } finally {
            spark.sql("DROP TABLE by_who");
            spark.catalog().dropTempView("in_records");
        }
    }

    /** Where a folder holds a number, Spark's guess of its type must not hide that the file holds the column, too. */
    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void aColumnThatTheFilesHoldAsWellAsTheirFoldersIsRefused(String format) {
        for (String folder :
                List.of("note=7", "year=2026/note=South", "year=2026/Note=7", "note=__HIVE_DEFAULT_PARTITION__")) {
            data = directory.resolve("two places " + folder.replace('/', ' '));
            TestSession.spark()
                    .sql("SELECT 'a' AS title, 50 AS note")
                    .write()
                    .format(format)
                    .save(data.resolve(folder).toString());

            assertThat(refusal(format))
                    .as(folder)
                    .contains("column note is in the files and in the names of their folders");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void aColumnInTheNamesOfFoldersIsTheTextThatStandsThere(String format) {
        for (String note : List.of("007", "1e3", "2026-01-01", "__HIVE_DEFAULT_PARTITION__")) {
            TestSession.spark()
                    .sql("SELECT 'a' AS title, 50 AS weight")
                    .write()
                    .format(format)
                    .save(data.resolve("weight=7/note=" + note).toString());
        }

        assertThat(rows(format))
                .extracting(row -> row.getString(1))
                .containsExactlyInAnyOrder("007", "1e3", "2026-01-01", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json"})
    void aFileMayNotHoldAValueWhereItsFolderHoldsNone(String format) throws IOException {
        String none = "note=__HIVE_DEFAULT_PARTITION__";
        Files.createDirectories(data.resolve(none));
        boolean csv = format.equals("csv");

        write(none + "/1", csv ? "title,note\na,b\n" : "{\"title\": \"a\", \"note\": \"b\"}\n");
        for (String multiLine : List.of("true", "false")) {
            assertThat(refusal(format, "private_data.options.multiLine=" + multiLine))
                    .contains("with another value, in the names of its folders");
        }

        write(none + "/1", csv ? "title,note\na,\n" : "{\"title\": \"a\", \"note\": null}\n");
        assertThat(rows(format)).containsExactly(RowFactory.create("a", null, null));
    }

    @Test
    void aHeaderInSingleQuotesIsTold() throws IOException {
        write("1.csv", "'title','note'\n'a','b'\n");

        assertThat(refusal("csv")).contains("quoted by single quotes", "options.quote");
    }

    @Test
    void valuesThatStandWhereAHeaderIsExpectedAreNotTold() throws IOException {
        write("1.csv", "title,okapi7713 of Elm Street\ntitle,x\n");

        assertThat(refusal("csv")).contains("no column note in the header").doesNotContain("okapi");
    }

    @Test
    void aQuoteThatIsEscapedHidesNoTornRecord() throws IOException {
        String options = "private_data.options={escape: '\\', multiLine: %s}";
        write("1.csv", "title,note\n \"first \\\" line\n second \\\" line\",x\n");

        for (boolean multiLine : new boolean[] {false, true}) {
            assertThat(refusal("csv", options.formatted(multiLine))).contains("is not sound");
        }
    }

    @Test
    void anEmptyFieldIsNullAndAQuotedOneIsAnEmptyText() throws IOException {
        write("1.csv", "title,note\n,\"\"\n");

        assertThat(rows("csv")).containsExactly(RowFactory.create(null, "", null));
    }

    @Test
    void whatLooksTornSaysWhichOptionIsMissing() throws IOException {
        String lines = "private_data.options={multiLine: false}";
        write("1.csv", "title,note\n\"a\nb\",c\n");
        assertThat(refusal("csv", lines))
                .contains("is not sound", "a line break in quotes", "set options.multiLine to true");

        write("1.csv", "title,note\n\"he said \\\"ho, ho\\\"\",c\n");
        assertThat(refusal("csv")).contains("is not sound", "set options.escape to '\\'");

        write("1.csv", "title,note\n6\" nails,c\n");
        assertThat(refusal("csv")).contains("set options.quote to ''");
        assertThat(rows("csv", "private_data.options={quote: ''}"))
                .containsExactly(RowFactory.create("6\" nails", "c", null));

        write("1.csv", "title,note\n\"never closed,c\n");
        assertThat(refusal("csv")).contains("a quote is never closed");

        write("1.csv", "title,note\na,b\nc\rd,e\n");
        for (String multiLine : List.of("true", "false")) {
            assertThat(refusal("csv", "private_data.options.multiLine=" + multiLine))
                    .contains("a carriage return");
        }

        write("1.csv", "title,note\na,b,\n");
        assertThat(refusal("csv")).contains("it has one field more than the header");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|"})
    void anotherSeparatorIsNamed(String separator) throws IOException {
        write("1.csv", "title,note\na,b\n".replace(",", separator));

        assertThat(refusal("csv")).contains("separated by '" + separator.replace("\t", "\\t"), "options.sep");
    }

    @Test
    void columnsAreFoundByNameInEachFileOfAFolder() throws IOException {
        write("1.csv", ",title,other,note,other\n1,a,x,b,y\n");
        write("2.csv", "note,title\r\nd,c\r\n");
        write("3.csv", "");

        assertThat(rows("csv"))
                .containsExactlyInAnyOrder(RowFactory.create("a", "b", null), RowFactory.create("c", "d", null));
        assertThat(refusal("csv", "private_data.options={multiLine: false}"))
                .contains("different headers", "options.multiLine");
    }

    @Test
    void aWantedColumnThatStandsTwiceInTheHeaderIsRefused() throws IOException {
        write("1.csv", "title,note,title\na,b,c\n");

        assertThat(refusal("csv")).contains("column title is more than once");
    }

    @Test
    void aMisspeltColumnIsSuggested() throws IOException {
        write("1.csv", "title,Note\na,b\n");
        assertThat(refusal("csv")).contains("no column note", "did you mean Note?");
        Files.delete(data.resolve("1.csv"));
        write("1.json", "{\"title\": \"a\", \"notes\": \"b\"}\n{\"title\": \"c\"}\n");
        assertThat(refusal("json")).contains("no column note in any record; did you mean notes?");
    }

    @Test
    void columnsMayStandInTheNamesOfFolders() throws IOException {
        Files.createDirectories(data.resolve("note=0 1%2F2"));
        write("note=0 1%2F2/1.csv", "title\na\n");

        for (String multiLine : List.of("true", "false")) {
            assertThat(rows("csv", "private_data.options.multiLine=" + multiLine))
                    .containsExactly(RowFactory.create("a", "0 1/2", null));
        }
    }

    @Test
    void aCompressedFileIsReadAsAnother() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(data.resolve("1.csv.gz")))) {
            out.write("title,note\n\"a\nb\",c\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(rows("csv")).containsExactly(RowFactory.create("a\nb", "c", null));
    }

    /** With one task for the file, the votes of a large one would use one core. */
    @Test
    void theRecordsOfACompressedFileAreSpreadOverTheCores() throws IOException {
        StringBuilder text = new StringBuilder("title,note\n");
        for (int i = 0; i < 1000; i++) {
            text.append(i).append(",x\n");
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(data.resolve("1.csv.gz")))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }

        for (String multiLine : List.of("true", "false")) {
            Dataset<Row> records = new PrivateSource(TestSession.spark())
                    .open(spec("csv", "private_data.options.multiLine=" + multiLine));
            List<List<Row>> partitions = records.toJavaRDD().glom().collect();
            assertThat(partitions).hasSize(TestSession.spark().sparkContext().defaultParallelism());
            assertThat(partitions).allSatisfy(rows -> assertThat(rows).hasSizeBetween(400, 600));
        }
    }

    /** Spark alone would make 16 partitions of them. */
    @Test
    void manySmallFilesHaveFewPartitions() throws IOException {
        for (int i = 0; i < 500; i++) {
            write(i + ".csv", "title,note\n" + i + ",x\n");
        }

        Dataset<Row> records = new PrivateSource(TestSession.spark()).open(spec("csv"));

        assertThat(records.rdd().getNumPartitions())
                .isEqualTo(4 * TestSession.spark().sparkContext().defaultParallelism());
        assertThat(records.collectAsList().stream().map(row -> row.getString(0)))
                .hasSize(500)
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherEncodingIsRefusedUnlessItIsNamed() throws IOException {
        Files.write(data.resolve("1.csv"), "title,note\né,b\n".getBytes(StandardCharsets.ISO_8859_1));

        for (String multiLine : List.of("true", "false")) {
            String option = "private_data.options.multiLine=" + multiLine;
            assertThat(refusal("csv", option)).contains("not written in UTF-8", "options.encoding");
            assertThat(rows("csv", option, "private_data.options.encoding=windows-1252"))
                    .containsExactly(RowFactory.create("é", "b", null));
        }
    }

    @Test
    void utf32MayBeginWithWhatUtf16WritesInTwoParts() throws IOException {
        for (String encoding : List.of("UTF-32LE", "UTF-32BE")) {
            Files.write(data.resolve("1.csv"), "title,note\n\uD83D\uDE00,b\n".getBytes(Charset.forName(encoding)));

            assertThat(rows("csv", "private_data.options={multiLine: true, encoding: " + encoding + "}"))
                    .containsExactly(RowFactory.create("\uD83D\uDE00", "b", null));
        }
    }

    @Test
    void aFileOfLinesIsSplitAndItsHeaderReadOnce() throws IOException {
        StringBuilder text = new StringBuilder("\uFEFFtitle,note\n\n");
        for (int i = 0; i < 1000; i++) {
            text.append(i).append(",\"x\"\n");
        }
        write("1.csv", text.toString());
        TestSession.spark().conf().set("spark.sql.files.maxPartitionBytes", "1000");
        try {
            assertThat(rows("csv", "private_data.options={multiLine: false}").stream()
                            .map(row -> Integer.parseInt(row.getString(0))))
                    .hasSize(1000)
                    .doesNotHaveDuplicates();
        } finally {
            TestSession.spark().conf().unset("spark.sql.files.maxPartitionBytes");
        }
    }

    @Test
    void jsonThatIsNotAnObjectALineSaysWhatItLooksLike() throws IOException {
        write("1.json", "[{\"title\": \"a\", \"note\": \"b\"},\n {\"title\": \"c\", \"note\": null}]\n");
        assertThat(refusal("json")).contains("begins an array", "set options.multiLine to true");
        assertThat(rows("json", "private_data.options={multiLine: true}"))
                .containsExactlyInAnyOrder(RowFactory.create("a", "b", null), RowFactory.create("c", null, null));

        write("1.json", "{\"title\": \"a\", \"note\": \"b\"} {\"title\": \"c\", \"note\": \"d\"}\n");
        assertThat(refusal("json")).contains("more than one JSON object");
        assertThat(rows("json", "private_data.options={multiLine: true}")).hasSize(2);

        write("1.json", "{\"title\": \"a\",\n\"note\": \"b\"}\n");
        assertThat(refusal("json")).contains("set options.multiLine to true");

        write("1.json", "{\"title\": \"a\", \"note\": \"b\", \"note\": \"c\"}\n");
        assertThat(refusal("json")).contains("a declared column twice");
    }

    @Test
    void aFormatWhoseJarIsMissingIsNamed() {
        assertThatExceptionOfType(PrivateDataException.class)
                .isThrownBy(() -> rows("delta"))
                .withMessageContaining("the format's jar is not on the class path");
    }
}

package org.privateevolution.spark.modality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.Column;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.source.TypedColumns;

class SyntheticDataTest {

    private static final List<String> CELLS = List.of(
            "",
            " >50K",
            "A ",
            "\t",
            "=HYPERLINK(\"http://example.org\",\"x\")",
            "+1",
            "-1",
            "@SUM(1)",
            "\tx",
            "\rx",
            "a\r\nb",
            "a,b",
            "\"",
            "\\\"",
            "\\",
            "#",
            "NULL",
            "\uFEFFx",
            "x\u2028y");

    private final SparkSession spark = TestSession.spark();

    @TempDir
    private Path folder;

    /** What the data are read by: a text column and one of every other type. */
    private RunSpec spec(String format) {
        return RunConfiguration.parse(
                """
                private_data: {format: %s, path: %s}
                privacy: {epsilon: 1, delta: 1e-5}
                evolution: {samples: 2, votes: 1, selection: sample}
                output: {path: unused}
                tabular:
                  columns:
                    - {name: text, type: string, categories: [%s], nullable: true}
                    - {name: truth, type: boolean, nullable: true}
                    - {name: tiny, type: byte, min: -128, max: 127, nullable: true}
                    - {name: small, type: short, min: -32768, max: 32767, nullable: true}
                    - {name: number, type: integer, min: -5, max: 2147483647, nullable: true}
                    - {name: large, type: long, min: -5, max: 9007199254740992, nullable: true}
                    - {name: single, type: float, min: -1e30, max: 1e30, nullable: true}
                    - {name: real, type: double, min: -1e300, max: 1e300, nullable: true}
                    - {name: price, type: "decimal(9,2)", min: 0, max: 9999999.99, nullable: true}
                    - {name: day, type: date, min: 0001-01-01, max: 9999-12-31, nullable: true}
                    - {name: seen, type: timestamp, min: "0001-01-01T00:00:00Z", max: "9999-12-31T23:59:59Z", nullable: true}
                    - {name: local, type: timestamp_ntz, min: 0001-01-01T00:00:00, max: 9999-12-31T23:59:59, nullable: true}
                """
                        .formatted(
                                format,
                                folder.resolve("out"),
                                String.join(
                                        ", ",
                                        CELLS.stream()
                                                .map(SyntheticDataTest::yaml)
                                                .toList())),
                "round.yaml",
                List.of());
    }

    private static String yaml(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char character : text.toCharArray()) {
            quoted.append("\\u%04x".formatted((int) character));
        }
        return quoted.append('"').toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "parquet"})
    void whatIsWrittenReadsBackAsItWas(String format) {
        RunSpec spec = spec(format.equals("jsonl") ? "json" : format);
        List<Row> written = new ArrayList<>();
        for (String cell : CELLS) {
            written.add(RowFactory.create(
                    cell,
                    true,
                    (byte) -128,
                    (short) 32767,
                    -5,
                    9007199254740992L,
                    1.5e-7f,
                    -1.25e299,
                    new BigDecimal("1234567.80"),
                    Date.valueOf("9999-12-31"),
                    Timestamp.from(Instant.parse("2661-09-15T12:30:00.000001Z")),
                    LocalDateTime.parse("2026-02-28T23:59:59.999999")));
        }
        written.add(RowFactory.create(new Object[12]));
        Dataset<Row> data = spark.createDataFrame(written, TypedColumns.schema(spec));
        SyntheticData.write(format, folder.resolve("out").toString(), data.coalesce(1));

        List<Column> columns = spec.tabular().schema().columns();
        List<List<Object>> read = new ArrayList<>();
        for (Row row : new PrivateSource(spark).open(spec).collectAsList()) {
            assertThat(row.isNullAt(columns.size())).as("%s", row).isTrue();
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                values.add(columns.get(i).decode(columns.get(i).encode(row.get(i))));
            }
            read.add(values);
        }
        List<List<Object>> expected = new ArrayList<>();
        for (Row row : data.collectAsList()) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                values.add(columns.get(i).decode(columns.get(i).encode(row.get(i))));
            }
            expected.add(values);
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** One column has the awkward case that an empty record is an empty line. */
    @Test
    void textsOfOneColumnReadBackAsTheyWere() throws IOException {
        StructType schema = new StructType().add("text", DataTypes.StringType, false);
        List<Row> rows = CELLS.stream().map(cell -> RowFactory.create(cell)).toList();
        String location = folder.resolve("texts").toString();
        SyntheticData.write("csv", location, spark.createDataFrame(rows, schema).coalesce(1));

        assertThat(new TextRecords(spark, "csv", location, ReaderOptions.withDefaults("csv", java.util.Map.of()))
                        .open(List.of("text")).collectAsList().stream().map(row -> row.getString(0)))
                .containsExactlyInAnyOrderElementsOf(CELLS);
    }

    @Test
    void timestampsInParquetAreMicrosecondsAndTheSessionKeepsItsSetting() throws IOException {
        String setting = spark.conf().get("spark.sql.parquet.outputTimestampType");
        Path location = folder.resolve("times");
        SyntheticData.write(
                "parquet", location.toString(), spark.sql("SELECT TIMESTAMP '9999-12-31 00:00:00Z' AS seen"));

        assertThat(spark.conf().get("spark.sql.parquet.outputTimestampType")).isEqualTo(setting);
        try (Stream<Path> files = Files.list(location)) {
            Path file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            try (ParquetFileReader reader = ParquetFileReader.open(
                    HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
                assertThat(reader.getFileMetaData()
                                .getSchema()
                                .getType("seen")
                                .asPrimitiveType()
                                .getPrimitiveTypeName())
                        .isEqualTo(PrimitiveTypeName.INT64);
            }
        }
    }

    /** Moments that the calendars, the nanoseconds or the time zones of other representations cannot keep. */
    private static final List<String> MOMENTS = List.of(
            "0001-01-01T00:00:00",
            "0033-04-03T15:00:00",
            "1582-10-04T23:59:59",
            "1582-10-10T12:00:00",
            "1582-10-15T00:00:00",
            "1883-11-18T12:03:58",
            "1893-03-31T23:59:28",
            "1969-12-31T23:59:59",
            "2026-03-29T02:30:00",
            "2026-10-25T02:30:00",
            "2262-04-12T00:00:00",
            "9999-12-31T23:59:59");

    private RunSpec times(String format, String location, String... overrides) {
        return RunConfiguration.parse(
                """
                private_data: {format: %s, path: %s}
                privacy: {epsilon: 1, delta: 1e-5}
                evolution: {samples: 2, votes: 1}
                output: {path: unused}
                tabular:
                  columns:
                    - {name: day, type: date, min: 0001-01-01, max: 9999-12-31}
                    - {name: seen, type: timestamp, min: "0001-01-01T00:00:00Z", max: "9999-12-31T23:59:59Z"}
                    - {name: local, type: timestamp_ntz, min: 0001-01-01T00:00:00, max: 9999-12-31T23:59:59}
                    - {name: sum, type: "decimal(38,18)", min: 0, max: 1000}
                """
                        .formatted(format, folder.resolve(location)),
                "times.yaml",
                List.of(overrides));
    }

    private static List<TableRow> moments() {
        return MOMENTS.stream()
                .map(text -> {
                    LocalDateTime local = LocalDateTime.parse(text);
                    double micros = local.toEpochSecond(ZoneOffset.UTC) * 1e6;
                    return new TableRow(
                            new double[] {local.toLocalDate().toEpochDay(), micros, micros, local.getSecond() / 64.0});
                })
                .toList();
    }

    private Dataset<Row> published(RunSpec spec) {
        return spark.createDataFrame(
                        moments().stream()
                                .map(row -> RowFactory.create(
                                        SyntheticData.ofRow(spec.tabular().schema(), row)
                                                .toArray()))
                                .toList(),
                        TypedColumns.schema(spec))
                .coalesce(1);
    }

    private void assertRead(RunSpec spec) {
        PrivateColumns columns = PrivateColumns.of(spec);
        assertThat(new PrivateSource(spark)
                        .open(spec).collectAsList().stream()
                                .peek(columns::requireSound)
                                .map(columns::features))
                .containsExactlyInAnyOrderElementsOf(moments());
    }

    @ParameterizedTest
    @CsvSource({
        "parquet, Europe/Berlin",
        "csv, Europe/Berlin",
        "jsonl, Europe/Berlin",
        "csv, America/New_York",
        "jsonl, UTC"
    })
    void everyMomentFromYear1To9999SurvivesEveryFormat(String format, String zone) throws IOException {
        RunSpec spec = times(format.equals("jsonl") ? "json" : format, "times");
        String before = spark.conf().get("spark.sql.session.timeZone");
        try {
            spark.conf().set("spark.sql.session.timeZone", zone);
            SyntheticData.write(format, folder.resolve("times").toString(), published(spec));
            assertRead(spec);
        } finally {
            spark.conf().set("spark.sql.session.timeZone", before);
        }
        if (format.equals("csv")) {
            assertThat(content(folder.resolve("times")))
                    .contains("1582-10-10,1582-10-10T12:00:00Z,1582-10-10T12:00:00,0.000000000000000000")
                    .contains("0001-01-01,0001-01-01T00:00:00Z,");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT96", "TIMESTAMP_MICROS"})
    void parquetOfOldSparkIsRead(String type) {
        RunSpec spec = times("parquet", "old");
        Map<String, String> legacy = Map.of(
                "spark.sql.parquet.outputTimestampType", type,
                "spark.sql.parquet.int96RebaseModeInWrite", "LEGACY",
                "spark.sql.parquet.datetimeRebaseModeInWrite", "LEGACY");
        Map<String, String> before = new HashMap<>();
        legacy.keySet().forEach(key -> before.put(key, spark.conf().get(key)));
        Dataset<Row> rows = published(spec)
                // The Julian calendar, in which old files are written, has no such day.
                .filter("day <> DATE '1582-10-10'");
        try {
            legacy.forEach((key, value) -> spark.conf().set(key, value));
            rows.write().parquet(folder.resolve("old").toString());
        } finally {
            before.forEach((key, value) -> spark.conf().set(key, value));
        }

        PrivateColumns columns = PrivateColumns.of(spec);
        assertThat(new PrivateSource(spark)
                        .open(spec).collectAsList().stream()
                                .peek(columns::requireSound)
                                .map(columns::features))
                .containsExactlyInAnyOrderElementsOf(moments().stream()
                        .filter(row -> row.code(0) != LocalDate.of(1582, 10, 10).toEpochDay())
                        .toList());
    }

    @Test
    void aSessionThatWritesTheJulianCalendarDoesNotMoveTheDays() {
        RunSpec spec = times("parquet", "legacy");
        String key = "spark.sql.parquet.datetimeRebaseModeInWrite";
        String before = spark.conf().get(key);
        try {
            spark.conf().set(key, "LEGACY");
            SyntheticData.write("parquet", folder.resolve("legacy").toString(), published(spec));
        } finally {
            spark.conf().set(key, before);
        }
        assertRead(spec);
    }

    @Test
    void textsHaveTheFormThatDataUsuallyHave() throws IOException {
        Dataset<Row> rows = spark.sql("SELECT 12345678.9D AS large, 12.5D AS usual, 0.00012D AS small, 1e20D AS huge,"
                + " CAST(1.5e8 AS FLOAT) AS single, CAST(0.1 AS FLOAT) AS tenth, CAST(12.5 AS DECIMAL(9,2)) AS price,"
                + " CAST(0 AS DECIMAL(38,18)) AS zero, CAST(-1234567.5 AS DECIMAL(12,2)) AS debt,"
                + " TIMESTAMP '2026-01-02 03:04:05Z' AS whole, TIMESTAMP '2026-01-02 03:04:05.5Z' AS half,"
                + " TIMESTAMP_NTZ '2026-01-02 03:04:05.000001' AS micro, array('a,\"b', 'c') AS tags,"
                + " CAST(NULL AS DOUBLE) AS nothing, CAST(NULL AS TIMESTAMP) AS never");
        SyntheticData.write("csv", folder.resolve("csv").toString(), rows.coalesce(1));
        SyntheticData.write("jsonl", folder.resolve("jsonl").toString(), rows.coalesce(1));

        assertThat(content(folder.resolve("csv")).lines().skip(1))
                .containsExactly(
                        "12345678.9,12.5,0.00012,1.0E20,150000000.0,0.1,12.50,0.000000000000000000,-1234567.50,"
                                + "2026-01-02T03:04:05Z,2026-01-02T03:04:05.500Z,2026-01-02T03:04:05.000001,"
                                + "\"[\"\"a,\\\"\"b\"\",\"\"c\"\"]\",,");
        assertThat(content(folder.resolve("jsonl")))
                .contains("\"usual\":12.5,", "\"price\":12.50,", "\"whole\":\"2026-01-02T03:04:05Z\"")
                .contains("\"half\":\"2026-01-02T03:04:05.500Z\"", "\"tags\":[\"a,\\\"b\",\"c\"]");
    }

    private static String content(Path location) throws IOException {
        try (Stream<Path> files = Files.list(location)) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith("part-"))
                            .findFirst()
                            .orElseThrow());
        }
    }
}

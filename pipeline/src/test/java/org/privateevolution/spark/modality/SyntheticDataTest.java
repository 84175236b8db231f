package org.privateevolution.spark.modality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.Column;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.parsing.TextRecords;
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
}

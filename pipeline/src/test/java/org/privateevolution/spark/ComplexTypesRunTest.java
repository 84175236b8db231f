package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.Charges;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;

/** Runs on tables with structs, maps, arrays of strings, names with dots, and several label columns. */
class ComplexTypesRunTest {

    private static final SparkSession SPARK = TestSession.spark();

    private static final StructType SCHEMA = StructType.fromDDL(
            "segment STRING, left BOOLEAN, address STRUCT<city: STRING, geo: STRUCT<zone: INT>>, attributes MAP<STRING,"
                    + " STRING>, tags ARRAY<STRING>, `own.name` STRING, price DECIMAL(9,2), seen TIMESTAMP,"
                    + " photo BINARY, sizes ARRAY<INT>, plain STRING");

    private static final String YAML =
            """
            name: complex
            seed: 3
            private_data: {format: %s, path: %s}
            labels:
              columns:
                - {name: segment, values: [gold, silver]}
                - {name: left, type: boolean, values: [true, false]}
              impossible: [{segment: gold, left: true}]
            privacy: {epsilon: 8, delta: 1e-5, ledger: %s}
            evolution: {samples: 40, votes: 2, selection: estimate}
            tabular:
              columns:
                - {name: address.city, type: string, categories: [Bonn, Lima], nullable: true}
                - {name: address.geo.zone, type: integer, min: 1, max: 4, nullable: true}
                - {name: attributes.color, type: string, categories: [blue, red], nullable: true}
                - {name: tags, type: array<string>, categories: [new, sale, rest], other: rest, usual_members: 2, nullable: true}
                - {name: own.name, type: string, categories: [x, y]}
                - {name: price, type: "decimal(9,2)", min: 0, max: 100}
                - {name: seen, type: timestamp, min: "1900-01-01T00:00:00Z", max: "2020-12-31T23:59:59Z"}
            output: {path: %s, formats: [parquet, csv, jsonl], rows: 60}
            """;

    @TempDir
    static Path directory;

    @BeforeAll
    static void write() {
        SplittableRandom random = new SplittableRandom(5);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean gold = random.nextInt(3) == 0;
            Row geo = i % 10 == 0 ? null : RowFactory.create(1 + random.nextInt(4));
            rows.add(RowFactory.create(
                    gold ? "gold" : "silver",
                    !gold && random.nextBoolean(),
                    i % 9 == 0 ? null : RowFactory.create(random.nextBoolean() ? "Bonn" : "Lima", geo),
                    i % 3 == 0 ? Map.of("size", "L") : Map.of("color", random.nextBoolean() ? "red" : "blue"),
                    tags(i, random),
                    random.nextBoolean() ? "x" : "y",
                    BigDecimal.valueOf(random.nextInt(10_000), 2),
                    Instant.parse("1950-01-01T00:00:00Z").plusSeconds(random.nextInt(1_000_000_000)),
                    new byte[] {1},
                    List.of(1, 2),
                    "p"));
        }
        Dataset<Row> data = SPARK.createDataFrame(rows, SCHEMA).coalesce(2);
        data.write().parquet(directory.resolve("parquet").toString());
        data.drop("photo").write().json(directory.resolve("json").toString());
        data.write().orc(directory.resolve("orc").toString());
    }

    private static List<String> tags(int i, SplittableRandom random) {
        if (i % 11 == 0) {
            return null;
        }
        List<String> tags = new ArrayList<>();
        if (random.nextBoolean()) {
            tags.add("sale");
        }
        if (random.nextInt(4) == 0) {
            tags.add("unheard-of");
        }
        if (random.nextInt(3) == 0) {
            tags.addAll(List.of("new", "new"));
        }
        return tags;
    }

    private static RunSpec spec(String format, String data, String output, String... overrides) {
        return RunConfiguration.parse(
                YAML.formatted(
                        format,
                        directory.resolve(data),
                        directory.resolve(output + "-ledger"),
                        directory.resolve(output)),
                "complex.yaml",
                List.of(overrides));
    }

    @Test
    void theRowsHaveFlatColumnsOfTheDeclaredTypes() throws IOException {
        RunSpec spec = spec("parquet", "parquet", "out");

        Dataset<Row> synthetic = PrivateEvolution.on(SPARK).run(spec).synthetic();

        String ddl = "`address.city` STRING, `address.geo.zone` INT, `attributes.color` STRING, tags ARRAY<STRING>,"
                + " `own.name` STRING, price DECIMAL(9,2), seen TIMESTAMP, segment STRING, left BOOLEAN";
        assertThat(SPARK.read()
                        .parquet(directory.resolve("out/synthetic/parquet").toString())
                        .schema()
                        .toDDL()
                        .replace("`segment`", "segment"))
                .isEqualToIgnoringCase(ddl.replace(", ", ","));
        assertThat(synthetic.count()).isEqualTo(60);
        for (Row row : synthetic.collectAsList()) {
            if (!row.isNullAt(3)) {
                assertThat(Set.of("new", "sale", "rest")).containsAll(row.getList(3));
            }
            assertThat(row.<Boolean>getAs("left")
                            && row.<String>getAs("segment").equals("gold"))
                    .isFalse();
        }
        assertThat(synthetic.filter("size(tags) > 0").count()).isPositive();
        assertThat(synthetic.select("segment", "left").distinct().count()).isGreaterThan(1);

        String csv = text("out/synthetic/csv");
        assertThat(csv)
                .contains("address.city,address.geo.zone,attributes.color,tags,own.name,price,seen,segment,left");
        assertThat(csv).containsPattern(",\\d+\\.\\d\\d,\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ,(gold|silver),");
        assertThat(csv).containsPattern("\"\\[\"\"(new|sale|rest)\"\"");
        assertThat(text("out/synthetic/jsonl")).containsPattern("\"tags\":\\[\"(new|sale|rest)\"");

        SavedEstimate estimate =
                SavedEstimate.of(SPARK, directory.resolve("out").toString());
        Dataset<Row> drawn = estimate.where("segment = 'silver' AND NOT left AND `own.name` = 'x'")
                .draw(30, 1);
        assertThat(drawn.count()).isEqualTo(30);
        assertThat(drawn.filter("segment = 'silver' AND NOT left AND `own.name` = 'x'")
                        .count())
                .isEqualTo(30);
        assertThat(estimate.where("array_contains(tags, 'sale')")
                        .draw(10, 1)
                        .filter("array_contains(tags, 'sale')")
                        .count())
                .isEqualTo(10);
        assertThat(Files.readString(directory.resolve("out/report.html"))).contains("tags=sale");
        // Starting it again publishes the same and charges nothing.
        PrivateEvolution.on(SPARK).run(spec);
        assertThat(text("out/synthetic/csv")).isEqualTo(csv);
    }

    /** The content of the only file with data in a folder. */
    private static String text(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith("part-"))
                            .findFirst()
                            .orElseThrow());
        }
    }

    @Test
    void everyFormatIsReadAlike() {
        List<String> expected = codes(spec("parquet", "parquet", "unused"));

        assertThat(expected).hasSize(400);
        assertThat(codes(spec("json", "json", "unused"))).isEqualTo(expected);
        assertThat(codes(spec("orc", "orc", "unused"))).isEqualTo(expected);
    }

    @Test
    void whatWasPublishedReadsBackAsItWas() {
        RunSpec made = spec(
                "parquet",
                "parquet",
                "round",
                "evolution={samples: 30, votes: 1, selection: rank}",
                "output.formats=[parquet, csv, jsonl]",
                "output.rows=null");
        PrivateEvolution.on(SPARK).run(made);

        List<String> expected = codes(spec("parquet", "round/synthetic/parquet", "unused"));
        assertThat(codes(spec("csv", "round/synthetic/csv", "unused"))).isEqualTo(expected);
        assertThat(codes(spec("json", "round/synthetic/jsonl", "unused"))).isEqualTo(expected);
    }

    /** Labels and codes of the records, sorted. */
    private static List<String> codes(RunSpec spec) {
        PrivateColumns columns = PrivateColumns.of(spec);
        return new PrivateSource(SPARK)
                .open(spec).collectAsList().stream()
                        .peek(columns::requireSound)
                        .map(row -> columns.label(row) + " "
                                + Arrays.toString(columns.features(row).codes()))
                        .sorted()
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {name: photo, type: string, categories: [a]} | column 'photo' is binary, and cannot be learnt
                    {name: address, type: string, categories: [a]} | column 'address' is a struct: declare its fields instead, by names such as address.city
                    {name: address.geo, type: string, categories: [a]} | by names such as address.geo.zone
                    {name: attributes, type: string, categories: [a]} | column 'attributes' is a map: declare its keys instead, by names such as attributes.KEY
                    {name: tags, type: string, categories: [a]} | column 'tags' is an array: declare it with type: array<string>
                    {name: sizes, type: array<string>, categories: [a]} | column 'sizes' is an array of int, but only sets of strings
                    {name: price, type: array<string>, categories: [a]} | column 'price' is declared as array<string>, but is of type decimal(9,2)
                    {name: address.town, type: string, categories: [a]} | no column address.town
                    {name: address.citi, type: string, categories: [a]} | did you mean address.city?
                    """)
    void columnsOfOtherTypesAreRefusedByNameAndNothingIsCharged(String column, String problem) {
        RunSpec spec = spec("parquet", "parquet", "refused", "tabular.columns=[" + column + "]");

        assertThatThrownBy(() -> PrivateEvolution.on(SPARK).run(spec))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining(problem);
        assertThat(Charges.in(directory.resolve("refused-ledger"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels.impossible=[{segment: silver}]", "labels.columns.0.values=[gold, bronze]"})
    void recordsWithOtherLabelsAreRefusedAndNothingIsCharged(String override) {
        String output = "labels-" + Math.abs(override.hashCode());
        RunSpec spec = spec(
                "parquet",
                "parquet",
                output,
                override.startsWith("labels.columns") ? "labels.impossible=null" : "seed=3",
                override);

        assertThatThrownBy(() -> PrivateEvolution.on(SPARK).run(spec))
                .hasMessageContaining("a private")
                .hasMessageContaining("label")
                .hasMessageNotContaining("silver, ");
        assertThat(Charges.in(directory.resolve(output + "-ledger"))).isEmpty();
    }

    @Test
    void aColumnOfItsOwnNameWithADotComesFirst() {
        Dataset<Row> data = SPARK.createDataFrame(
                List.of(RowFactory.create(RowFactory.create("inner"), "outer")),
                StructType.fromDDL("a STRUCT<b: STRING>, `a.b` STRING"));
        data.write().mode("overwrite").parquet(directory.resolve("dotted").toString());
        data.write().mode("overwrite").json(directory.resolve("dotted-json").toString());
        String[] only = {"labels=null", "tabular.columns=[{name: a.b, type: string, categories: [inner, outer]}]"};

        assertThat(codes(spec("parquet", "dotted", "unused", only))).containsExactly("0 [1.0]");
        assertThatThrownBy(() -> codes(spec("json", "dotted-json", "unused", only)))
                .as("JSON has both, and nothing tells which is meant")
                .hasMessageContaining("it has a declared column twice");
    }

    @Test
    void datesOfAllYearsAreRead() {
        Dataset<Row> days = SPARK.createDataFrame(
                List.of(
                        RowFactory.create(LocalDate.of(1, 1, 1)),
                        RowFactory.create(LocalDate.of(1582, 10, 10)),
                        RowFactory.create(LocalDate.of(9999, 12, 31))),
                StructType.fromDDL("day DATE"));
        days.write().parquet(directory.resolve("days").toString());
        RunSpec spec = spec(
                "parquet",
                "days",
                "unused",
                "labels=null",
                "tabular.columns=[{name: day, type: date, min: 0001-01-01, max: 9999-12-31}]");

        PrivateColumns columns = PrivateColumns.of(spec);
        assertThat(new PrivateSource(SPARK)
                        .open(spec).collectAsList().stream()
                                .map(row -> LocalDate.ofEpochDay(
                                        (long) columns.features(row).code(0)))
                                .sorted())
                .containsExactly(LocalDate.of(1, 1, 1), LocalDate.of(1582, 10, 10), LocalDate.of(9999, 12, 31));
    }

    /** ORC has a calendar of its own. Only the days from 5 to 14 October 1582 do not exist in it. */
    @Test
    void orcHoldsTheTimesOfAllYearsAsParquetDoes() {
        SPARK.range(1)
                .selectExpr("explode(array('0001-01-01T00:00:00', '0999-12-31T23:59:59.123456', '1500-02-28T12:00:00',"
                        + " '1582-10-04T00:00:00', '1582-10-15T00:00:00', '1883-11-18T12:01:00',"
                        + " '9999-12-31T23:59:59.999999')) AS written")
                .selectExpr(
                        "CAST(substr(written, 1, 10) AS date) AS day",
                        "CAST(concat(written, 'Z') AS timestamp) AS moment",
                        "CAST(written AS timestamp_ntz) AS clock")
                .createOrReplaceTempView("times_of_all_years");
        Dataset<Row> times = SPARK.table("times_of_all_years");
        times.write().parquet(directory.resolve("times-parquet").toString());
        times.write().orc(directory.resolve("times-orc").toString());
        String[] columns = {
            "labels=null",
            "tabular.columns=[{name: day, type: date, min: 0001-01-01, max: 9999-12-31},"
                    + " {name: moment, type: timestamp, min: 0001-01-01T00:00:00Z, max: 9999-12-31T23:59:59.999999Z},"
                    + " {name: clock, type: timestamp_ntz, min: 0001-01-01T00:00:00,"
                    + " max: 9999-12-31T23:59:59.999999}]"
        };

        List<String> exact = codes(spec("parquet", "times-parquet", "unused", columns));
        assertThat(codes(spec("orc", "times-orc", "unused", columns)))
                .isEqualTo(exact)
                .doesNotHaveDuplicates()
                .hasSize(7);
    }
}

package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.Column;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spark.source.TypedColumns;
import org.privateevolution.spi.RunListener;

/** Whole runs, from a private table to the published one. */
class PrivateEvolutionTest {

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path directory;

    private Path data;
    private Path output;

    @BeforeEach
    void name() {
        data = directory.resolve("private");
        output = directory.resolve("out");
    }

    @Test
    void theSyntheticTableHasTheDeclaredColumnsTypesAndBounds() throws IOException {
        writeCustomers("parquet");
        RunSpec spec = spec();

        RunResult result = run(spec);

        assertThat(result.location()).isEqualTo("file:" + output);
        assertThat(result.synthetic().schema()).isEqualTo(TypedColumns.schema(spec));
        Dataset<Row> parquet = spark.read().parquet(output + "/synthetic/parquet");
        assertThat(types(parquet)).isEqualTo(types(result.synthetic()));
        assertThat(types(parquet))
                .containsExactly(
                        "color string",
                        "active boolean",
                        "tiny tinyint",
                        "small smallint",
                        "medium int",
                        "large bigint",
                        "ratio float",
                        "height double",
                        "price decimal(10,2)",
                        "born date",
                        "seen timestamp",
                        "opened timestamp_ntz",
                        "tier int");
        List<Row> rows = parquet.collectAsList();
        assertThat(rows)
                .hasSize(17)
                .containsExactlyElementsOf(result.synthetic().collectAsList());
        for (Row row : rows) {
            List<Column> columns = spec.tabular().schema().columns();
            for (int i = 0; i < columns.size(); i++) {
                Object value = row.get(i);
                assertThat(columns.get(i).decode(columns.get(i).encode(value))).isEqualTo(value);
            }
        }
        // Equal shares of 17 samples over 3 tiers, tier 3 without private rows among them.
        assertThat(counts(parquet, "tier")).isEqualTo(Map.of(1, 6L, 2, 6L, 3, 5L));
    }

    @Test
    void theCsvHasAHeaderAndTheSameRows() {
        writeCustomers("parquet");
        Dataset<Row> synthetic = run(spec()).synthetic();

        Dataset<Row> csv =
                spark.read().option("header", "true").schema(synthetic.schema()).csv(output + "/synthetic/csv");

        assertThat(csv.collectAsList()).containsExactlyElementsOf(synthetic.collectAsList());
    }

    @Test
    void theSameRecordsGiveTheSameTableInEveryFormat() {
        writeCustomers("parquet");
        Customers.rows(spark).createOrReplaceTempView("customers_view");
        Customers.rows(spark).write().mode("overwrite").saveAsTable("customers_table");
        List<Row> expected = run(spec()).synthetic().collectAsList();

        List<String> sources = new ArrayList<>(List.of(
                "private_data={table: customers_view}", "private_data={table: spark_catalog.default.customers_table}"));
        for (String format : List.of("csv", "json", "orc")) {
            data = directory.resolve("private." + format);
            writeCustomers(format);
            sources.add("private_data={format: " + format + ", path: " + data + "}");
        }

        for (String source : sources) {
            output = directory.resolve("out-" + sources.indexOf(source));
            assertThat(run(spec(source)).synthetic().collectAsList()).as(source).isEqualTo(expected);
        }
    }

    @Test
    void theGuaranteeIsWhatTheLedgerCharged() throws IOException {
        writeCustomers("parquet");
        RunSpec spec = spec(
                "labels.fractions={noisy: {noise_multiplier: 5}}",
                "privacy.adjacency=replace-one",
                "privacy.ledger=" + directory.resolve("ledger"));

        RunResult result = run(spec);

        JsonNode guarantee = json(output.resolve("guarantee.json"));
        assertThat(guarantee.path("epsilon").asDouble())
                .isEqualTo(result.guarantee().epsilon())
                .isGreaterThan(1);
        assertThat(guarantee.path("delta").asDouble()).isEqualTo(1e-5);
        assertThat(guarantee.path("unit").asText()).isEqualTo("record");
        assertThat(guarantee.has("client_column")).isFalse();
        assertThat(guarantee.path("adjacency").asText()).isEqualTo("replace-one");
        assertThat(guarantee.path("sensitivity").asDouble()).isEqualTo(Math.sqrt(2));
        assertThat(guarantee.path("releases").findValuesAsText("release"))
                .containsExactly("label-counts", "vote-001", "vote-002");
        assertThat(guarantee.path("releases").findValuesAsText("noise_multiplier"))
                .containsExactly("5.0", "2.0", "2.0");
        assertThat(guarantee.path("releases").findValuesAsText("ledger_sequence"))
                .containsExactly("1", "2", "3");
        assertThat(guarantee.at("/ledger/location").asText()).isEqualTo("file:" + directory.resolve("ledger"));
        assertThat(guarantee.at("/ledger/data_set_epsilon").asDouble())
                .isEqualTo(guarantee.path("epsilon").asDouble());
        JsonNode last = json(directory.resolve("ledger/entry-000003.json"));
        assertThat(guarantee.at("/ledger/newest_hash").asText())
                .isEqualTo(last.path("hash").asText());
        assertThat(guarantee.path("run").asText()).isEqualTo(last.path("run").asText());
        assertThat(guarantee.path("configuration_fingerprint").asText())
                .isEqualTo(last.path("run_fingerprint").asText());
        assertThat(guarantee.at("/versions/spark").asText()).isEqualTo(spark.version());
        assertThat(guarantee.path("guarantee").asText()).contains("one record, replaced by another");
        assertThat(directory.resolve("ledger/entry-000004.json")).doesNotExist();
    }

    @Test
    void twoRunsOnOneLedgerAddUp() {
        writeCustomers("parquet");
        String ledger = "privacy.ledger=" + directory.resolve("ledger");
        RunResult first = run(spec(ledger));
        output = directory.resolve("second");
        RunResult second = run(spec(ledger));

        assertThat(second.guarantee().epsilon()).isEqualTo(first.guarantee().epsilon());
        assertThat(second.guarantee().dataSetEpsilon())
                .isGreaterThan(first.guarantee().epsilon())
                .isLessThan(2 * first.guarantee().epsilon());
        assertThat(second.guarantee().charges()).hasSize(2);
    }

    @Test
    void everyMetricOfARunIsInsideTheGuarantee() {
        writeCustomers("parquet");

        List<MetricValue> metrics = run(spec()).metrics();

        assertThat(metrics).allMatch(MetricValue::insideGuarantee);
        assertThat(metrics.stream().map(MetricValue::iteration).distinct()).containsExactly(1, 2);
        assertThat(metrics.stream().map(MetricValue::label).distinct())
                .containsExactly("1", "2", "3", MetricValue.ALL_LABELS);
    }

    @Test
    void noisyFractionsFollowThePrivateLabels() {
        writeCustomers("parquet");

        Dataset<Row> synthetic =
                run(spec("labels.fractions={noisy: {noise_multiplier: 0.01}}")).synthetic();

        long[] privateCounts = new long[3];
        counts(Customers.rows(spark), "tier").forEach((tier, count) -> privateCounts[(int) tier - 1] = count);
        Map<Object, Long> counts = counts(synthetic, "tier");
        assertThat(counts.get(1)).isEqualTo(Math.round(17.0 * privateCounts[0] / Customers.ROWS));
        assertThat(counts.get(2)).isEqualTo(Math.round(17.0 * privateCounts[1] / Customers.ROWS));
    }

    @Test
    void everyPopulationHasTheSizeThatItsScheduleAndRuleSay() throws IOException {
        writeCustomers("parquet");
        String[] composite = {
            "evolution={schedule: [13, 29, 7, 11], initial_variation_fold: 2, lookahead: 3, rules: ["
                    + "{votes: 2, selection: sample, threshold: 0, variation_fold: 1},"
                    + "{selection: rank, variation_fold: 3, keep_selected: true}]}",
            "labels.fractions={noisy: {noise_multiplier: 3}}"
        };

        assertThat(run(spec(composite)).synthetic().count()).isEqualTo(11);
        assertThat(populationSizes()).containsExactly(13 * 3, 29, 7);
        assertThat(releaseSizes()).containsExactly(3, 13 * 3, 29, 7);

        output = directory.resolve("population");
        assertThat(run(spec(composite[0], composite[1], "output.publish=population"))
                        .synthetic()
                        .count())
                .isEqualTo(11 * 4);
        assertThat(populationSizes()).containsExactly(13 * 3, 29, 7, 11 * 4);
    }

    @Test
    void aThresholdThatNothingPassesSelectsUniformlyAndSaysSo() {
        writeCustomers("parquet");
        List<String> notices = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void notice(String message) {
                notices.add(message);
            }
        };

        RunResult result = PrivateEvolution.on(spark)
                .listener(listener)
                .run(spec("evolution.threshold=1e9", "privacy.ledger=" + directory.resolve("ledger")));

        assertThat(result.synthetic().count()).isEqualTo(17);
        assertThat(notices)
                .containsExactly(
                        "vote 1: no candidate passed the threshold for 1, 2, 3; the selection is uniform there",
                        "vote 2: no candidate passed the threshold for 1, 2, 3; the selection is uniform there");
    }

    @Test
    void aRunWithoutLabelsHasOneLabelAndNoLabelColumn() {
        writeCustomers("parquet");

        RunResult result = run(spec("labels=null"));

        assertThat(result.synthetic().columns()).doesNotContain("tier");
        assertThat(result.synthetic().count()).isEqualTo(17);
        assertThat(result.metrics().stream().map(MetricValue::label).distinct())
                .containsExactly("all", MetricValue.ALL_LABELS);
    }

    @Test
    void aRunMayHideWholeClients() throws IOException {
        writeCustomers("csv");
        RunSpec spec = spec(
                "private_data.format=csv",
                "private_data.client_column=id",
                "privacy.unit=client",
                "labels.fractions={noisy: {noise_multiplier: 2}}",
                "vote.neighbors=3");

        RunResult result = run(spec);

        assertThat(result.synthetic().count()).isEqualTo(17);
        assertThat(result.guarantee().sentence()).contains("all records of one id, added or removed");
        JsonNode guarantee = json(output.resolve("guarantee.json"));
        assertThat(guarantee.path("unit").asText()).isEqualTo("client");
        assertThat(guarantee.path("client_column").asText()).isEqualTo("id");
        assertThat(json(output.resolve("ledger/entry-000001.json"))
                        .path("client_column")
                        .asText())
                .isEqualTo("id");
    }

    @Test
    void aFinishedRunIsPublishedAgainWithoutThePrivateDataOrAnotherCharge() throws IOException {
        writeCustomers("parquet");
        List<Row> first = run(spec()).synthetic().collectAsList();
        delete(data);
        delete(output.resolve("synthetic"));

        RunResult again = PrivateEvolution.on(spark).run(spec());

        assertThat(again.synthetic().collectAsList()).isEqualTo(first);
        assertThat(again.guarantee().charges()).hasSize(2);
        assertThat(spark.read().parquet(output + "/synthetic/parquet").collectAsList())
                .isEqualTo(first);
    }

    @Test
    void anExtendedRunKeepsItsReleasesAndSpendsWhatIsLeft() throws IOException {
        writeCustomers("parquet");
        String[] target = {"privacy.noise_multiplier=null", "privacy.epsilon=4"};
        run(spec(target));
        Map<String, String> releases = contents(output.resolve("store/releases"));
        String[] longer = {target[0], "privacy.epsilon=6", "evolution.schedule=[31, 23, 17, 19, 29]"};
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> run(spec(longer)))
                .withMessageContaining("--extend");

        RunResult extended = PrivateEvolution.on(spark).extend(true).run(spec(longer));

        assertThat(extended.synthetic().count()).isEqualTo(29);
        assertThat(extended.guarantee().charges()).hasSize(4);
        assertThat(extended.guarantee().epsilon()).isBetween(5.999, 6.000001);
        assertThat(contents(output.resolve("store/releases")))
                .containsAllEntriesOf(releases)
                .hasSize(4);
    }

    @Test
    void whatIsPublishedMayBeChangedAfterwards() throws IOException {
        writeCustomers("parquet");
        String[] rule = {"evolution.variation_fold=2", "evolution.keep_selected=true", "output.publish=population"};
        assertThat(run(spec(rule)).synthetic().count()).isEqualTo(17 * 3);

        rule[2] = "output.publish=selected";
        assertThat(run(spec(rule)).synthetic().count()).isEqualTo(17);

        rule[2] = "output.publish=population";
        RunResult again = run(spec(rule));
        assertThat(again.synthetic().count()).isEqualTo(17 * 3);
        assertThat(again.guarantee().charges()).hasSize(2);
    }

    @Test
    void aRunMayBeCutShort() {
        writeCustomers("parquet");
        String[] rule = {"evolution.variation_fold=2", "evolution.keep_selected=true", "output.publish=selected"};
        run(spec(rule[0], rule[1], rule[2], "evolution.schedule=[31, 23, 17, 19]"));

        RunResult cut = PrivateEvolution.on(spark).extend(true).run(spec(rule));

        assertThat(cut.synthetic().count()).isEqualTo(17);
        assertThat(cut.guarantee().charges()).hasSize(3);
    }

    @Test
    void theJobsOfARunAreNamed() {
        writeCustomers("parquet");
        List<String> descriptions = jobsOf(spec("labels.fractions={noisy: {noise_multiplier: 3}}"));

        assertThat(descriptions)
                .contains(
                        "customers: reading and embedding the private records",
                        "customers: label counts, 3 labels",
                        "customers: vote 1 of 2, 31 candidates, 3 labels",
                        "customers: vote 2 of 2, 23 candidates, 3 labels");
    }

    /** A count that depends on no machine: every further job takes a small run a fifth of a second. */
    @Test
    void aSmallRunTakesOneJobToReadOneForEachReleaseAndOneToWrite() throws Exception {
        Customers.rows(spark).coalesce(1).write().option("header", "true").csv(data.toString());
        List<String> jobs = jobsOf(spec(
                "private_data.format=csv",
                "labels.fractions={noisy: {noise_multiplier: 3}}",
                "output.formats=[parquet]"));

        assertThat(jobs.stream().map(job -> job.replaceAll("^customers: |, .*| at \\w+[.]java:.*", "")))
                .containsExactly(
                        "reading and embedding the private records",
                        "label counts",
                        "vote 1 of 2",
                        "vote 2 of 2",
                        "save");
    }

    /** The jobs of a run: their descriptions, or else where they were started. */
    private List<String> jobsOf(RunSpec spec) {
        List<String> jobs = new ArrayList<>();
        SparkListener listener = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                String described = job.properties().getProperty("spark.job.description");
                jobs.add(described != null ? described : job.stageInfos().head().name());
            }
        };
        spark.sparkContext().addSparkListener(listener);
        try {
            run(spec);
            TestSession.awaitEvents();
        } finally {
            spark.sparkContext().removeSparkListener(listener);
        }
        return jobs;
    }

    private RunSpec spec(String... overrides) {
        return Customers.spec(data, output, overrides);
    }

    private RunResult run(RunSpec spec) {
        return PrivateEvolution.on(spark).noise(TestNoise.seeded(3)).run(spec);
    }

    private void writeCustomers(String format) {
        Customers.rows(spark)
                .repartition(3)
                .write()
                .option("header", "true")
                .format(format)
                .save(data.toString());
    }

    private static List<String> types(Dataset<Row> table) {
        return Arrays.stream(table.schema().fields())
                .map((StructField field) ->
                        field.name() + " " + field.dataType().simpleString())
                .toList();
    }

    private static Map<Object, Long> counts(Dataset<Row> table, String column) {
        Map<Object, Long> counts = new HashMap<>();
        table.groupBy(functions.col(column))
                .count()
                .collectAsList()
                .forEach(row -> counts.put(row.get(0), row.getLong(1)));
        return counts;
    }

    private List<Integer> populationSizes() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (int iteration = 0; ; iteration++) {
            Path population = output.resolve("store/iteration-%03d/population.jsonl".formatted(iteration));
            if (!Files.exists(population)) {
                return sizes;
            }
            sizes.add(Files.readAllLines(population).size());
        }
    }

    private List<Integer> releaseSizes() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (String release : contents(output.resolve("store/releases")).values()) {
            sizes.add(new ObjectMapper().readTree(release).path("grid_votes").size());
        }
        return sizes;
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(Files.readString(file));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        assertThat(directory).doesNotExist();
    }
}

package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.Charges;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spark.source.PrivateDataException;

/** Runs on a DataFrame of the caller, as notebooks make them. */
class DataFrameRunTest {

    private static final AtomicInteger READS = new AtomicInteger();

    private static final String GIVEN = "private_data={format: dataframe, name: customers}";

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path directory;

    @Test
    void aDataFrameGivesTheTableThatItsFileGives() {
        Path data = directory.resolve("private");
        Customers.rows(spark).write().parquet(data.toString());
        String metrics = "evaluation.private_metrics=true";
        RunResult file = seeded().run(Customers.spec(data, directory.resolve("file"), metrics));

        RunResult frame = seeded().privateData(Customers.rows(spark)).run(given("frame", metrics));

        assertThat(frame.synthetic().collectAsList()).isEqualTo(file.synthetic().collectAsList());
        assertThat(untimed(frame)).isEqualTo(untimed(file)).isNotEmpty();
        assertThat(frame.marginals()).isPresent();
        assertThat(frame.guarantee().epsilon()).isEqualTo(file.guarantee().epsilon());
        assertThat(frame.guarantee().ledger()).isEqualTo("file:" + directory.resolve("ledger"));
    }

    private static List<MetricValue> untimed(RunResult result) {
        return result.metrics().stream()
                .filter(metric -> !metric.metric().startsWith("vote_"))
                .toList();
    }

    @Test
    void aFinishedRunIsReadAgainAndChargesNothing() {
        RunSpec spec = given("out");
        List<Row> first = seeded().privateData(Customers.rows(spark))
                .run(spec)
                .synthetic()
                .collectAsList();

        RunResult again =
                PrivateEvolution.on(spark).privateData(Customers.rows(spark)).run(spec);

        assertThat(again.synthetic().collectAsList()).isEqualTo(first);
        assertThat(again.guarantee().charges()).hasSize(2);
    }

    @Test
    void aClientColumnMayHaveAnyName() {
        Dataset<Row> records = Customers.rows(spark).withColumnRenamed("id", "the `id`. of");

        RunResult result = seeded().privateData(records)
                .run(given("out", "private_data.client_column='the `id`. of'", "privacy.unit=client"));

        assertThat(result.guarantee().sentence()).contains("all records of one the `id`. of");
    }

    @Test
    void anotherNameIsAnotherDataSet() {
        seeded().privateData(Customers.rows(spark)).run(given("out"));

        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> PrivateEvolution.on(spark)
                .privateData(Customers.rows(spark))
                .run(given("out", "private_data.name=clients")));
    }

    @Test
    void aDataFrameIsGivenExactlyIfTheConfigurationSaysSo() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PrivateEvolution.on(spark).run(given("out")))
                .withMessageContaining("no DataFrame was given");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PrivateEvolution.on(spark).check(given("out")))
                .withMessageContaining("no DataFrame was given");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PrivateEvolution.on(spark)
                        .privateData(Customers.rows(spark))
                        .run(Customers.spec(directory.resolve("private"), directory.resolve("out"))))
                .withMessageContaining("private_data.format: parquet, but a DataFrame is given");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void recordsThatMayChangeWhenTheyAreReadAgainAreRefused() {
        Dataset<Row> drawn = Customers.rows(spark).withColumn("height", functions.rand());
        Dataset<Row> stream = spark.readStream().format("rate").load();

        Dataset<Row> sound = Customers.rows(spark);
        for (Dataset<Row> records : List.of(
                drawn,
                drawn.repartition(3).filter("height > 0.5"),
                sound.limit(7),
                sound.sample(0.5),
                sound.dropDuplicates(sound.columns()[0]),
                stream)) {
            assertThatExceptionOfType(PrivateDataException.class)
                    .isThrownBy(() ->
                            PrivateEvolution.on(spark).privateData(records).run(given("out")))
                    .withMessageMatching("private_data: (the records differ|the DataFrame is a stream).*");
        }
        assertThat(directory).isEmptyDirectory();
        assertThat(PrivateEvolution.on(spark)
                        .privateData(sound.distinct())
                        .run(given("distinct"))
                        .synthetic()
                        .count())
                .isPositive();
    }

    @Test
    void soAreViewsThatDrawRandomNumbers() {
        Customers.rows(spark).withColumn("height", functions.rand()).createOrReplaceTempView("drawn");

        assertThatExceptionOfType(PrivateDataException.class)
                .isThrownBy(() -> PrivateEvolution.on(spark)
                        .run(Customers.spec(directory, directory.resolve("out"), "private_data={table: drawn}")))
                .withMessageContaining("the records differ each time");
    }

    @Test
    void figuresOutsideTheGuaranteeGoWhenTheyAreNoLongerAskedFor() {
        Dataset<Row> records = Customers.rows(spark);
        RunResult asked = seeded().privateData(records).run(given("out", "evaluation.private_metrics=true"));
        assertThat(asked.metrics()).anyMatch(metric -> metric.metric().equals("vote_rows_per_core_second"));

        RunResult silent = seeded().privateData(records).run(given("out"));

        assertThat(silent.metrics()).isNotEmpty().allMatch(MetricValue::insideGuarantee);
    }

    @Test
    void missingColumnsAndUndeclaredValuesAreRefusedWithoutTheirValues() {
        assertThatExceptionOfType(PrivateDataException.class)
                .isThrownBy(() -> PrivateEvolution.on(spark)
                        .privateData(Customers.rows(spark).drop("color"))
                        .run(given("out")))
                .withMessageContaining("private_data: no column color");
        Dataset<Row> violet = Customers.rows(spark).withColumn("color", functions.lit("violet"));
        assertThatExceptionOfType(PrivateDataException.class)
                .isThrownBy(() -> PrivateEvolution.on(spark).privateData(violet).run(given("out")))
                .withMessageContaining("color")
                .withMessageNotContaining("violet");
        assertThat(Charges.in(directory.resolve("ledger"))).isEmpty();
    }

    @Test
    void embeddingsOfADataFrameAreGoneWhenTheyHaveVoted() throws Exception {
        Path mails = Mails.write(directory);
        RunSpec spec = Mails.corpusRun(
                mails,
                directory.resolve("out"),
                "private_data={format: dataframe, name: mails}",
                "privacy.ledger=" + directory.resolve("ledger"));

        PrivateEvolution.on(spark)
                .privateData(spark.read().json(mails.toString()))
                .run(spec);

        assertThat(directory.resolve("out/store")).isNotEmptyDirectory();
        assertThat(directory.resolve("out-private")).doesNotExist();
    }

    /** Its source may be another when it is read again, and a record that moved would vote twice. */
    @Test
    void aDataFrameIsReadOnce() {
        READS.set(0);
        Dataset<Row> counted = Customers.rows(spark)
                .map(
                        (MapFunction<Row, Row>) DataFrameRunTest::counted,
                        Encoders.row(Customers.rows(spark).schema()));

        seeded().privateData(counted).run(given("out", "evaluation.private_metrics=false"));

        assertThat(READS.get()).isEqualTo((int) Customers.rows(spark).count());
        assertThat(directory.resolve("out-private")).doesNotExist();
    }

    private static Row counted(Row row) {
        READS.incrementAndGet();
        return row;
    }

    private PrivateEvolution seeded() {
        return PrivateEvolution.on(spark).noise(TestNoise.seeded(3));
    }

    private RunSpec given(String output, String... overrides) {
        List<String> all = new ArrayList<>(List.of(GIVEN, "privacy.ledger=" + directory.resolve("ledger")));
        all.addAll(Arrays.asList(overrides));
        return Customers.spec(directory.resolve("unused"), directory.resolve(output), all.toArray(String[]::new));
    }
}

package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;

/** Rows that are drawn from a finished run, whose private data and ledger are gone. */
class SavedEstimateTest {

    private static final SparkSession SPARK = TestSession.spark();

    @TempDir
    static Path directory;

    private static String run;
    private static Dataset<Row> synthetic;

    @BeforeAll
    static void finishARun() throws IOException {
        Path data = directory.resolve("private");
        Path ledger = directory.resolve("ledger");
        run = directory.resolve("out").toString();
        Customers.rows(SPARK).write().parquet(data.toString());
        synthetic = PrivateEvolution.on(SPARK)
                .run(Customers.spec(
                        data,
                        Path.of(run),
                        "evolution={samples: 40, votes: 2, selection: estimate}",
                        "privacy={epsilon: 8, delta: 1e-5, ledger: " + ledger + "}"))
                .synthetic();
        // What is drawn needs neither.
        Files.move(data, directory.resolve("private-elsewhere"));
        Files.move(ledger, directory.resolve("ledger-elsewhere"));
    }

    @Test
    void theEstimateHasTheDeclaredColumnsAndWeighsAsMuchAsThereAreRecords() {
        Dataset<Row> points = points();

        List<String> declared = new ArrayList<>(Arrays.asList(synthetic.columns()));
        declared.add("weight");
        assertThat(points.columns()).containsExactlyElementsOf(declared);
        assertThat(points.drop("weight").schema().toDDL())
                .isEqualTo(synthetic.schema().toDDL().replace(" NOT NULL", ""));
        Row weights =
                points.agg(functions.sum("weight"), functions.min("weight")).first();
        // With so few records the noise of many cells adds up, as none of them goes below 0.
        assertThat(weights.getDouble(0)).isCloseTo(Customers.ROWS, within(100.0));
        assertThat(weights.getDouble(1)).isPositive();
        assertThat(points.collectAsList().stream().map(row -> row.<Integer>getAs("tier")))
                .as("label after label")
                .isSorted();
    }

    @Test
    void aLargeSampleHasTheMarginalsOfTheEstimate() {
        int number = 100_000;

        Dataset<Row> drawn = estimate().draw(number, 1);

        assertThat(drawn.schema().toDDL()).isEqualTo(synthetic.schema().toDDL().replace(" NOT NULL", ""));
        Dataset<Row> points = points();
        Dataset<Row> weighted = drawn.withColumn("weight", functions.lit(1.0));
        for (String column : List.of("tier", "color", "active", "tiny", "year(born)", "tier * 1000 + tiny")) {
            Map<Object, Double> expected = shares(points, column);
            shares(weighted, column)
                    .forEach((value, share) ->
                            assertThat(share).as(column).isCloseTo(expected.get(value), within(0.001)));
        }
        double height = points.agg(functions.expr("sum(height * weight) / sum(IF(height IS NULL, 0, weight))"))
                .first()
                .getDouble(0);
        assertThat(drawn.agg(functions.avg("height")).first().getDouble(0)).isCloseTo(height, within(0.001));
    }

    private static Map<Object, Double> shares(Dataset<Row> rows, String expression) {
        Map<Object, Double> shares = new HashMap<>();
        double sum = 0;
        for (Row row : rows.groupBy(functions.expr(expression))
                .agg(functions.sum("weight"))
                .collectAsList()) {
            shares.put(row.get(0), row.getDouble(1));
            sum += row.getDouble(1);
        }
        double whole = sum;
        shares.replaceAll((value, weight) -> weight / whole);
        return shares;
    }

    @Test
    void rowsSatisfyTheirConditionAndFollowFromTheSeed() {
        SavedEstimate estimate = estimate().where("tier = 1 AND height > 1.2 AND color <> 'blue'");

        List<Row> drawn = estimate.draw(333, 1).collectAsList();

        assertThat(drawn).hasSize(333).allSatisfy(row -> {
            assertThat(row.<Integer>getAs("tier")).isEqualTo(1);
            assertThat(row.<Double>getAs("height")).isGreaterThan(1.2);
            assertThat(row.<String>getAs("color")).isIn("red", "green");
        });
        assertThat(estimate.draw(333, 1).collectAsList()).isEqualTo(drawn);
        assertThat(estimate.draw(333, 2).collectAsList()).isNotEqualTo(drawn);
        double weight = points().where("tier = 1 AND height > 1.2 AND color <> 'blue'")
                .agg(functions.sum("weight"))
                .first()
                .getDouble(0);
        double whole = points().agg(functions.sum("weight")).first().getDouble(0);
        assertThat(estimate.share()).isCloseTo(weight / whole, within(1e-9));
        assertThat(estimate.points()).isBetween(1, estimate().points() - 1);
        assertThat(estimate.effectivePoints()).isBetween(1.0, (double) estimate.points());
    }

    /** Stored label after label, they are drawn in that order, and would be written in it. */
    @Test
    void rowsAreShuffled() {
        List<Row> drawn = estimate().draw(1_000, 1).collectAsList();

        long changes = 0;
        for (int i = 1; i < drawn.size(); i++) {
            changes +=
                    drawn.get(i).<Integer>getAs("tier").equals(drawn.get(i - 1).<Integer>getAs("tier")) ? 0 : 1;
        }
        assertThat(changes).isGreaterThan(200);
    }

    @Test
    void aWrongConditionIsExplained() {
        assertThatThrownBy(() -> estimate().where("colour = 'red'"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("condition colour = 'red': no column `colour`; the columns are color, active,")
                .hasMessageNotContaining("weight");
        assertThatThrownBy(() -> estimate().where("color = = 'red'"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("yntax error")
                .hasMessageNotContaining("SQLSTATE");
        assertThatThrownBy(() -> estimate().where("tiny"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is not a boolean");
        assertThatThrownBy(() -> estimate().where("color > 5"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot be cast to");
        assertThatThrownBy(() -> estimate().where("color = 'Red'"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("no row of the estimate satisfies it", "spelling of values");
    }

    @Test
    void whatHasNoEstimateIsRefused() throws IOException {
        String nowhere = directory.resolve("nowhere").toString();
        assertThatThrownBy(() -> SavedEstimate.of(SPARK, nowhere))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no finished run at file:" + nowhere);
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("guarantee.json"), "{}");
        assertThatThrownBy(() -> SavedEstimate.of(SPARK, other.toString()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("no estimate at ", "evolution.selection: estimate");
        assertThatThrownBy(() -> estimate().draw(0, 1)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void filesAreNotReplacedAndReadBackAsTheyWereDrawn() throws IOException {
        Dataset<Row> drawn = estimate().draw(50, 3);
        String first = SampleFiles.next(SPARK, run);
        SampleFiles.write(drawn, "parquet", first);

        assertThat(first).endsWith("out/samples/sample-001");
        assertThat(SampleFiles.next(SPARK, run)).endsWith("out/samples/sample-002");
        assertThat(SPARK.read().parquet(first).collectAsList()).isEqualTo(drawn.collectAsList());
        assertThatThrownBy(() -> SampleFiles.write(drawn, "parquet", first))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("exists already");

        for (String format : List.of("csv", "jsonl")) {
            Path folder = directory.resolve("as-" + format);
            SampleFiles.write(drawn, format, folder.toString());
            List<String> printed = new ArrayList<>();
            SampleFiles.print(drawn, format, printed::add);
            try (Stream<Path> files = Files.list(folder)) {
                Path part = files.filter(file -> file.getFileName().toString().startsWith("part-"))
                        .findFirst()
                        .orElseThrow();
                assertThat(printed).isEqualTo(Files.readAllLines(part));
            }
        }
    }

    private static SavedEstimate estimate() {
        return SavedEstimate.of(SPARK, run);
    }

    private static Dataset<Row> points() {
        return SPARK.read().parquet(run + "/estimate");
    }
}

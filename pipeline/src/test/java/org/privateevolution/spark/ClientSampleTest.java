package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.Orders;
import org.privateevolution.fixtures.TestSession;

/** Clients that are drawn from a finished run, whose private data and ledger are gone. */
class ClientSampleTest {

    private static final SparkSession SPARK = TestSession.spark();
    private static final int PUBLISHED = 60;

    @TempDir
    static Path folder;

    private static Dataset<Row> root;
    private static Dataset<Row> orders;

    @BeforeAll
    static void finishARun() throws IOException {
        Orders.write(folder, 200, 1);
        root = PrivateEvolution.on(SPARK)
                .run(Orders.spec(
                        folder,
                        "labels={column: tier, type: integer, values: [1, 2]}",
                        "private_data.path=" + tiered(),
                        "tabular.columns.2={name: mail, type: email}",
                        "tabular.children.0.columns.3={name: number, type: id, pattern: 'O-[0-9]{4}'}"))
                .synthetic();
        orders = SPARK.read()
                .parquet(folder.resolve("out/children/orders/parquet").toString());
        for (String file : List.of("tiered.csv", "orders.csv", "tiered.csv.ledger")) {
            Files.move(folder.resolve(file), folder.resolve("gone-" + file));
        }
    }

    private static Path tiered() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("customers.csv"))) {
            lines.add(line + (lines.isEmpty() ? ",tier" : "," + (1 + lines.size() % 2)));
        }
        return Files.write(folder.resolve("tiered.csv"), lines);
    }

    private static SavedEstimate estimate() {
        return SavedEstimate.of(SPARK, folder.resolve("out").toString());
    }

    private static List<Object> values(Dataset<Row> rows, String column) {
        return rows.select(column).collectAsList().stream()
                .map(row -> row.get(0))
                .toList();
    }

    @Test
    void clientsHaveKeysOfTheirOwnAndAllOfTheirRows() {
        Dataset<Row> clients = estimate().draw(140, 1);
        Dataset<Row> rows = estimate().children(140, 1, PUBLISHED).get("orders");

        assertThat(clients.schema()).isEqualTo(root.schema());
        assertThat(rows.schema().simpleString()).isEqualTo(orders.schema().simpleString());
        assertThat(values(clients, "id"))
                .isEqualTo(LongStream.rangeClosed(PUBLISHED + 1, PUBLISHED + 140)
                        .boxed()
                        .toList());
        Set<Object> keys = new HashSet<>(values(clients, "id"));
        assertThat(keys).containsAll(values(rows, "customer"));
        assertThat(rows.groupBy("customer").count().collectAsList())
                .hasSizeGreaterThan(60)
                .allSatisfy(row -> assertThat(row.getLong(1)).isBetween(1L, 5L));
        assertThat(new HashSet<>(values(clients, "tier"))).containsExactlyInAnyOrder(1, 2);
    }

    /** Every drawn client is one of the estimate's, with exactly its rows. */
    @Test
    void rowsAreThoseOfTheClientTheyAreKeyedBy() {
        Dataset<Row> clients = estimate().draw(50, 3);
        Dataset<Row> rows = estimate().children(50, 3, PUBLISHED).get("orders");
        Set<String> known = points().collectAsList().stream()
                .map(row -> List.of(row.get(0), row.get(1), row.get(2)) + " "
                        + row.<Row>getList(3).stream()
                                .map(Row::toString)
                                .sorted()
                                .toList())
                .collect(Collectors.toSet());

        List<Row> all = rows.collectAsList();
        assertThat(clients.collectAsList()).hasSize(50).allSatisfy(client -> {
            List<String> own = all.stream()
                    .filter(row -> row.get(0).equals(client.get(0)))
                    .map(row -> "[" + row.get(1) + "," + row.get(2) + "," + row.get(3) + "]")
                    .sorted()
                    .toList();
            assertThat(known).contains(List.of(client.get(1), client.get(2), client.get(4)) + " " + own);
        });
    }

    private static Dataset<Row> points() {
        return SPARK.read().parquet(folder.resolve("out/estimate").toString());
    }

    @Test
    void whatIsMadeUpRepeatsNothingOfTheRunNorOfAnotherSample() {
        Set<Object> numbers = new HashSet<>(values(orders, "number"));
        Set<Object> mails = new HashSet<>(values(root, "mail"));
        long rows = orders.count();
        long clients = PUBLISHED;
        for (long first : new long[] {PUBLISHED, PUBLISHED + 200}) {
            Dataset<Row> drawn = estimate().children(200, first, first).get("orders");
            rows += drawn.count();
            clients += 200;
            numbers.addAll(values(drawn, "number"));
            mails.addAll(values(estimate().draw(200, first, first), "mail"));
        }

        assertThat(numbers).hasSize((int) rows);
        assertThat(mails).hasSize((int) clients);
    }

    @Test
    void equalSeedsDrawEqualClients() {
        SavedEstimate estimate = estimate();

        List<Row> rows = estimate.children(70, 5, 0).get("orders").collectAsList();

        assertThat(estimate().children(70, 5, 0).get("orders").collectAsList()).isEqualTo(rows);
        assertThat(estimate.children(70, 6, 0).get("orders").collectAsList()).isNotEqualTo(rows);
        assertThat(estimate().draw(70, 5, 0).collectAsList())
                .isEqualTo(estimate.draw(70, 5, 0).collectAsList());
    }

    /** The tolerances are more than five standard deviations of independent draws; systematic ones vary less. */
    @Test
    void aLargeSampleHasTheSharesOfTheEstimate() {
        Dataset<Row> clients = estimate().draw(1_900, 1, 0);
        Dataset<Row> rows = estimate().children(1_900, 1, 0).get("orders");

        double weight = points().agg(functions.sum("weight")).head().getDouble(0);
        for (String city : List.of("Bern", "Oslo", "Rome")) {
            double share = points().where(functions.col("city").equalTo(city))
                            .agg(functions.coalesce(functions.sum("weight"), functions.lit(0.0)))
                            .head()
                            .getDouble(0)
                    / weight;
            assertThat(clients.where(functions.col("city").equalTo(city)).count() / 1_900.0)
                    .isCloseTo(share, within(0.06));
        }
        double mean = points().agg(functions.sum(
                                functions.size(functions.col("orders")).multiply(functions.col("weight"))))
                        .head()
                        .getDouble(0)
                / weight;
        assertThat(rows.count() / 1_900.0).isCloseTo(mean, within(0.25));
    }

    @Test
    void aConditionIsOnTheClientsColumnsOrOnAllOfTheirRows() {
        SavedEstimate some = estimate().where("city = 'Bern' AND tier = 2");
        assertThat(new HashSet<>(values(some.draw(80, 1), "city"))).containsExactly("Bern");
        assertThat(some.share()).isBetween(0.01, 0.6);

        SavedEstimate buyers = estimate().where("exists(orders, row -> row.shop = 'Rome')");
        Dataset<Row> rows = buyers.children(80, 1, 0).get("orders");
        assertThat(rows.where("shop = 'Rome'").select("customer").distinct().count())
                .isEqualTo(80);
        assertThat(estimate()
                        .where("size(orders) = 0")
                        .children(10, 1, 0)
                        .get("orders")
                        .count())
                .isZero();
    }

    @Test
    void aConditionOnAColumnOfAChildTableIsRefusedWithTheWayToWriteIt() {
        for (String condition : List.of("shop = 'Rome'", "orders.day > 5", "number = 'O-0001'")) {
            assertThatThrownBy(() -> estimate().where(condition))
                    .as(condition)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("condition " + condition)
                    .hasMessageContaining("write for instance exists(orders, row -> row.COLUMN > 5)");
        }
        assertThatThrownBy(() -> estimate().where("shop = 'Rome'"))
                .hasMessageContaining("no column `shop`; the columns are age, city, tier, orders");
    }

    @Test
    void tooManyIdsAndNumbersAreRefused() {
        // 10,000 order numbers, of which each client may need 5.
        assertThatThrownBy(() -> estimate().draw(1_941, 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("table 'orders': column 'number': 10005 rows need as many ids, but only 10000");
        assertThat(estimate().draw(1_940, 1).count()).isEqualTo(1_940);
        assertThatThrownBy(() -> estimate().children(1, 1, Long.MAX_VALUE / 4))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a first row of");
        assertThatThrownBy(() -> estimate().requireTable()).hasMessageContaining("several tables");
    }

    @Test
    void anEstimateOfAnotherFormIsRefused() throws IOException {
        Path other = Files.createDirectory(folder.resolve("earlier"));
        for (String file : List.of("guarantee.json", "configuration.yaml")) {
            Files.copy(folder.resolve("out").resolve(file), other.resolve(file));
        }
        points().drop("orders")
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(other.resolve("estimate").toString());

        assertThatThrownBy(() -> SavedEstimate.of(SPARK, other.toString()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has no clients: an earlier version wrote it; start the run again");
    }
}

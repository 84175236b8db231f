package org.privateevolution.spark.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.CanonicalConfiguration;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.constraint.ClientConstraints;
import org.privateevolution.fixtures.Orders;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.Constraint;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.SavedEstimate;

/** Constraints on the columns of clients and on the rows of their child tables. */
class ClientConstraintRunTest {

    private static final List<String> OF_CLIENTS =
            List.of("married = false OR age >= 18", "children <= age - 15 OR age < 15");
    private static final List<String> OF_ORDERS =
            List.of("gross = net + tax", "shipped >= day", "NOT (kind = 'free' AND net > 0)");

    private final SparkSession spark = TestSession.spark();

    @TempDir
    private Path folder;

    private RunSpec spec(String child, String... overrides) {
        return RunConfiguration.parse(
                """
                private_data: {format: csv, path: FOLDER/customers.csv, client_column: id}
                privacy: {epsilon: 4, delta: 1e-5, unit: client, ledger: FOLDER/ledger}
                evolution: {samples: 40, votes: 2}
                tabular:
                  columns:
                    - {name: age, type: integer, min: 0, max: 99}
                    - {name: children, type: integer, min: 0, max: 9}
                    - {name: married, type: boolean}
                  constraints: ["married = false OR age >= 18", "children <= age - 15 OR age < 15"]
                  children:
                    - name: orders
                      path: FOLDER/orders.csv
                      rows: 6
                      CHILD
                      columns:
                        - {name: day, type: integer, min: 0, max: 50}
                        - {name: shipped, type: integer, min: 0, max: 60, nullable: true}
                        - {name: kind, type: string, categories: [free, paid]}
                        - {name: net, type: double, min: 0, max: 100, decimals: 2}
                        - {name: tax, type: double, min: 0, max: 20, decimals: 2}
                        - {name: gross, type: double, min: 0, max: 120, decimals: 2}
                        - {name: number, type: id}
                      constraints:
                        - gross = net + tax
                        - shipped >= day
                        - NOT (kind = 'free' AND net > 0)
                output: {path: FOLDER/out, formats: [parquet], rows: 300}
                """
                        .replace("CHILD\n", child + "\n")
                        .replace("FOLDER", folder.toString()),
                "orders",
                List.of(overrides));
    }

    /** Real rows obey, but for a few. */
    private void write() {
        Random random = new Random(1);
        List<String> clients = new ArrayList<>(List.of("id,age,children,married"));
        List<String> orders = new ArrayList<>(List.of("id,day,shipped,kind,net,tax,gross"));
        for (int i = 0; i < 1_000; i++) {
            int age = random.nextInt(90);
            clients.add(
                    "k" + i + "," + age + "," + (age < 20 ? 0 : random.nextInt(4)) + "," + (age > 25 || i % 50 == 0));
            for (int n = random.nextInt(7); n > 0; n--) {
                int day = random.nextInt(50);
                boolean free = random.nextInt(4) == 0;
                int net = free ? 0 : 1 + random.nextInt(90);
                orders.add("k" + i + "," + day + "," + (n == 6 ? "" : day + random.nextInt(10)) + ","
                        + (free ? "free" : "paid") + "," + net + "," + net / 5.0 + "," + net * 1.2);
            }
        }
        Orders.lines(folder.resolve("customers.csv"), clients);
        Orders.lines(folder.resolve("orders.csv"), orders);
    }

    private static void requireObeyed(Dataset<Row> rows, List<String> constraints) {
        for (String constraint : constraints) {
            // As in SQL's CHECK, a comparison with a null breaks nothing.
            assertThat(rows.where("NOT (" + constraint.replace("gross = net + tax", "abs(gross - net - tax) < 1e-9")
                                    + ")")
                            .count())
                    .as(constraint)
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order: day"})
    void clientsAndAllTheirRowsObeyAndSoDoMoreOfThem(String order) {
        write();

        Dataset<Row> clients = PrivateEvolution.on(spark).run(spec(order)).synthetic();

        Dataset<Row> orders = spark.read()
                .parquet(folder.resolve("out/children/orders/parquet").toString());
        assertThat(clients.count()).isEqualTo(300);
        requireObeyed(clients, OF_CLIENTS);
        requireObeyed(orders, OF_ORDERS);
        // Neither rows nor what they are like is lost: a client has 3 orders on average, a quarter of them free.
        assertThat(orders.count() / 300.0).isBetween(2.0, 4.0);
        assertThat(orders.where("kind = 'free'").count() / (double) orders.count())
                .isBetween(0.05, 0.5);
        assertThat(orders.where("net > 30").count()).isPositive();
        if (!order.isEmpty()) {
            Map<Object, Integer> last = new HashMap<>();
            assertThat(orders.collectAsList()).allSatisfy(row -> {
                Integer before = last.put(row.get(0), row.getAs("day"));
                assertThat(row.<Integer>getAs("day")).isGreaterThanOrEqualTo(before == null ? 0 : before);
            });
        }

        SavedEstimate estimate = SavedEstimate.of(spark, folder.resolve("out").toString());
        requireObeyed(estimate.draw(2_000, 1, 300), OF_CLIENTS);
        requireObeyed(estimate.children(2_000, 1, 300).get("orders"), OF_ORDERS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tabular.constraints=[orders_rows > 1]            | tabular.constraints.0: `orders_rows > 1`",
                "tabular.constraints=[age < 5, age > 9]           | tabular.constraints.1: `age > 9` contradicts",
                "tabular.constraints=[\"UNIQUE (age, married)\"]  | UNIQUE is not allowed with tabular.children",
                "tabular.constraints=[children DETERMINES married]| tabular.constraints.0",
                "tabular.children.0.constraints=[net > age]       | tabular.children.0.constraints.0: `net > age`",
                "tabular.children.0.constraints=[net < 5, net > 9]| `net > 9` contradicts `net < 5`",
                "tabular.children.0.constraints=[UNIQUE (kind)]   | UNIQUE is not allowed with tabular.children",
                "tabular.children.0.constraints=[kind DETERMINES net]| tabular.children.0.constraints.0",
            })
    void rulesThatCannotBeObeyedAreRefusedByName(String override, String named) {
        assertThatThrownBy(() -> spec("", override))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(named);
    }

    @Test
    void learntValuesAreRefusedAndDeclaredOnesAllowed() {
        String columns = "tabular.children.0.columns=[{name: kind, type: string, categories: [free, paid]}, {name: vip,"
                + " type: boolean}]";
        assertThatThrownBy(() -> spec("", columns, "tabular.children.0.constraints=[kind DETERMINES vip]"))
                .hasMessageContaining("DETERMINES needs a map of values with tabular.children: add the map");

        RunSpec spec =
                spec("", columns, "tabular.children.0.constraints=[{kind DETERMINES vip: {free: false, paid: true}}]");
        ChildTable orders = spec.modality().clients().orElseThrow().children().get(0);
        assertThat(ClientConstraints.ofRows(orders).texts()).containsExactly("kind DETERMINES vip");
        assertThat(spec.constraints()).hasSize(3);
        RunSpec again = RunConfiguration.parse(CanonicalConfiguration.yaml(spec), "again", List.of());
        assertThat(again).isEqualTo(spec);
        assertThat(orders.constraints()).extracting(Constraint::text).containsExactly("kind DETERMINES vip");
        assertThat(Files.exists(folder.resolve("ledger"))).isFalse();
    }
}

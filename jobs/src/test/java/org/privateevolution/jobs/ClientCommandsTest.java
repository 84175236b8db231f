package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.Orders;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.spark.ConfigurationFile;

/** Commands on clients with child tables, from the first configuration to a sample of a finished run. */
class ClientCommandsTest {

    private static SparkSession spark;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeAll
    static void start() {
        spark = TestSpark.interpreting();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @BeforeEach
    void writeClients() throws IOException {
        Orders.write(folder, 200, 1);
        // Every order has a number of its own.
        numbered("orders.csv", "order_id");
        file = folder.resolve("clients.yaml");
    }

    private void numbered(String name, String column) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(name))) {
            lines.add(line + "," + (lines.isEmpty() ? column : String.valueOf(5_000 + 3 * lines.size())));
        }
        Files.write(folder.resolve(name), lines);
    }

    private Execution init(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "init",
                folder.resolve("customers.csv").toString(),
                "--child",
                "orders=" + folder.resolve("orders.csv"),
                "--file",
                file.toString(),
                "--output",
                folder.resolve("out").toString()));
        all.addAll(List.of(arguments));
        return Execution.of(all.toArray(String[]::new));
    }

    private static void assertFails(int exitCode, String problem, Execution execution) {
        assertThat(execution.exitCode()).as(execution.err()).isEqualTo(exitCode);
        assertThat(execution.err().replaceAll("\\s+", " ")).contains(problem);
    }

    @Test
    void aDraftOfClientsSaysThatItIsNotPrivateAndIsAccepted() throws IOException {
        Execution execution = init("--child-key", "orders=customer", "--epsilon", "2");

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.err()).contains("WARNING: this draft is NOT private.");
        String draft = Files.readString(file);
        assertThat(draft).startsWith("# WARNING: this draft is NOT private.");
        assertThat(draft).contains("# order: COLUMN", "the 95 % quantile of those with rows; replace it");
        assertThat(draft).doesNotContain("key-7").doesNotContain("constraints:");
        RunSpec spec = ConfigurationFile.load(file.toString(), List.of());
        assertThat(spec.privateData().clientColumn()).isEqualTo("id");
        assertThat(spec.privacy().unit()).isEqualTo(PrivacyUnit.CLIENT);
        assertThat(spec.tabular().declared().stream().map(DeclaredColumn::name)).containsExactly("age", "city");
        ChildTable orders = spec.modality().clients().orElseThrow().children().get(0);
        assertThat(orders.key()).isEqualTo("customer");
        assertThat(orders.most()).isEqualTo(7);
        assertThat(orders.schema().columns().stream().map(DeclaredColumn::name))
                .containsExactly("day", "shop", "amount");
        assertThat(orders.generated().names()).containsExactly("order_id");
        assertThat(Execution.of("validate", file.toString(), "--data").exitCode())
                .isZero();
        assertThat(folder.resolve("customers.csv.ledger/entry-000001.json")).doesNotExist();
    }

    @Test
    void theOnlyPossibleKeyIsTakenAndAnyOtherIsAskedFor() throws IOException {
        assertFails(
                2,
                "--client is missing, and no column of " + folder.resolve("customers.csv")
                        + " that differs in all of its rows is also in the child tables: give --client COLUMN",
                init());
        assertFails(
                2, "--client: customers.csv has no column idd; did you mean id?", shortened(init("--client", "idd")));
        assertFails(
                2,
                "--client: city is no key of customers.csv: some rows have none, or that of another row",
                shortened(init("--client", "city", "--child-key", "orders=shop")));
        assertFails(
                2,
                "--child-key orders=COLUMN: orders.csv has no column id; it has customer, day, shop, amount, order_id",
                shortened(init("--client", "id")));
        assertFails(2, "--child-key: there is no child table calls", init("--child-key", "calls=id"));
        assertFails(2, "--child: it is not allowed with --text", init("--text", "note"));
        assertThat(file).doesNotExist();

        Path orders = folder.resolve("orders.csv");
        Files.writeString(orders, Files.readString(orders).replaceFirst("customer", "id"));
        assertThat(init().exitCode()).isZero();
        assertThat(ConfigurationFile.load(file.toString(), List.of())
                        .privateData()
                        .clientColumn())
                .isEqualTo("id");
        numbered("customers.csv", "number");
        numbered("orders.csv", "number");
        assertFails(2, "--client is missing, and the key could be id or number", init("--force"));
    }

    private Execution shortened(Execution execution) {
        return new Execution(
                execution.exitCode(), execution.out(), execution.err().replace(folder + "/", ""));
    }

    @Test
    void whatIsNoFileOfATableIsRefused() {
        String customers = folder.resolve("customers.csv").toString();
        assertFails(
                2,
                "--child: the name lake.crm.orders does not tell the format of a file",
                Execution.of("init", customers, "--child", "orders=lake.crm.orders", "--file", file.toString()));
        assertFails(
                2,
                "order.csv does not exist; did you mean",
                Execution.of(
                        "init",
                        customers,
                        "--child",
                        "orders=" + folder.resolve("order.csv"),
                        "--file",
                        file.toString()));
    }

    private Execution initWide(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "init",
                folder.resolve("wide.csv").toString(),
                "--client",
                "id",
                "--file",
                file.toString(),
                "--output",
                folder.resolve("out").toString()));
        all.addAll(List.of(more));
        return Execution.of(all.toArray(String[]::new));
    }

    @Test
    void ofOneWideTableColumnsThatAreTheSameInAllRowsOfAClientAreTheClients() throws IOException {
        Orders.writeWide(folder, 150, 2);

        Execution execution = initWide();

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.err()).contains("WARNING: this draft is NOT private.");
        RunSpec spec = ConfigurationFile.load(file.toString(), List.of());
        assertThat(spec.privacy().unit()).isEqualTo(PrivacyUnit.CLIENT);
        assertThat(spec.tabular().declared()).extracting(DeclaredColumn::name).containsExactly("age", "city", "shop");
        ChildTable rows = spec.tabular().clients().orElseThrow().children().get(0);
        assertThat(rows.isApart()).isFalse();
        assertThat(rows.declared()).extracting(DeclaredColumn::name).containsExactly("day", "amount");
        assertThat(rows.most()).isBetween(5, 7);
        Execution valid = Execution.of("validate", file.toString(), "--data");
        assertThat(valid.exitCode()).as(valid.err()).isZero();
        assertFails(2, "--label: day differs between rows of one client", initWide("--force", "--label", "day"));
    }

    @Test
    void aTableThatIsNotWideIsRefusedWithWhatToDoInstead() throws IOException {
        Orders.lines(folder.resolve("wide.csv"), List.of("id,day", "a,1", "a,2", "b,3"));
        assertFails(
                2, "no column of " + folder.resolve("wide.csv") + " is the same in all rows of a client", initWide());

        Orders.lines(folder.resolve("wide.csv"), List.of("id,day", "a,1", "b,3"));
        assertFails(2, "as if each had one row: leave --client out", initWide());
    }

    /** A folder with clients is complete, whenever the command stops. */
    private static void requireRootIsLast(Path sample) throws IOException {
        assertThat(Files.getLastModifiedTime(sample.resolve("synthetic/_SUCCESS")))
                .isGreaterThan(Files.getLastModifiedTime(sample.resolve("children/orders/_SUCCESS")));
    }

    @Test
    void moreClientsAreDrawnFromAFinishedRunAtNoCost() throws IOException {
        Files.writeString(
                file,
                Orders.yaml(folder, "customers.csv", "path: orders.csv, key: customer, ")
                        .replace("nullable: true}]}", "nullable: true}, {name: order_id, type: id}]}"));
        assertThat(Execution.of("run", file.toString()).exitCode()).isZero();
        String run = folder.resolve("out").toString();
        // Neither is read again.
        Files.move(folder.resolve("orders.csv"), folder.resolve("elsewhere.csv"));
        Files.move(folder.resolve("customers.csv.ledger"), folder.resolve("elsewhere.ledger"));

        Execution drawn = Execution.of("sample", run, "--rows", "90");

        assertThat(drawn.exitCode()).as(drawn.err()).isZero();
        assertThat(drawn.out())
                .contains("clients     90\n", " weighted clients\n", "data        file:" + run + "/samples/sample-001");
        String sample = run + "/samples/sample-001";
        requireRootIsLast(Path.of(sample));
        List<Row> clients = spark.read().parquet(sample + "/synthetic").collectAsList();
        assertThat(clients).hasSize(90);
        assertThat(clients.stream().map(row -> row.<Long>getAs("id")))
                .doesNotHaveDuplicates()
                .allMatch(key -> key > 60);
        List<Row> rows = spark.read().parquet(sample + "/children/orders").collectAsList();
        assertThat(clients.stream().map(row -> row.getLong(0)).collect(Collectors.toSet()))
                .containsAll(rows.stream().map(row -> row.getLong(0)).toList());
        assertThat(rows.stream().map(row -> row.<Long>getAs("order_id"))).doesNotHaveDuplicates();

        Execution some = Execution.of(
                "sample", run, "--rows", "30", "--where", "city = 'Bern' AND size(orders) > 1", "--format", "csv");
        assertThat(some.exitCode()).as(some.err()).isZero();
        assertThat(some.out()).contains("condition   true for about ");
        assertThat(spark.read()
                        .option("header", "true")
                        .csv(run + "/samples/sample-002/synthetic")
                        .where("city = 'Bern'")
                        .count())
                .isEqualTo(30);

        assertFails(
                2,
                "write for instance exists(orders, row -> row.COLUMN > 5)",
                Execution.of("sample", run, "--rows", "5", "--where", "shop = 'Rome'"));
        assertFails(
                2,
                "--output: the run has clients with child tables, which are several tables: name a folder",
                Execution.of("sample", run, "--rows", "5", "--output", "-"));
        assertFails(2, "exists already", Execution.of("sample", run, "--rows", "5", "--output", sample));
        assertThat(folder.resolve("customers.csv.ledger")).doesNotExist();

        String csv = folder.resolve("more").toString();
        assertThat(Execution.of("sample", run, "--rows", "90", "--format", "csv", "--output", csv)
                        .exitCode())
                .isZero();
        Execution compared = Execution.of(
                "evaluate",
                "--real",
                folder.resolve("customers.csv").toString(),
                "--child",
                "orders=" + folder.resolve("elsewhere.csv"),
                "--synthetic",
                csv + "/synthetic",
                "--synthetic-child",
                "orders=" + csv + "/children/orders",
                "--format",
                "csv",
                "--config",
                run + "/configuration.yaml",
                "--targets",
                "0");
        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(compared.out())
                .startsWith("Compared 90 synthetic records")
                .containsPattern("key_integrity orders +1\\.0000")
                .contains("'order_id' of table 'orders' all differ");
    }
}

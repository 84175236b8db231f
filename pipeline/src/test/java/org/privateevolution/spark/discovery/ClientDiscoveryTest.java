package org.privateevolution.spark.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.CanonicalConfiguration;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.discovery.ClientColumns;
import org.privateevolution.discovery.DiscoveryCells;
import org.privateevolution.fixtures.CapturedLog;
import org.privateevolution.fixtures.Copies;
import org.privateevolution.fixtures.Orders;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.Release;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.RunResult;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;

/** Runs that discover what is not declared of clients with child tables. */
class ClientDiscoveryTest {

    private static final double DELTA = 1e-5;

    private final SparkSession spark = TestSession.spark();

    @TempDir
    private Path folder;

    private RunSpec spec(String tabular, String... overrides) {
        return RunConfiguration.parse(
                """
                private_data: {format: csv, path: FOLDER/customers.csv, client_column: id}
                privacy: {epsilon: 8, delta: 1e-5, unit: client, ledger: FOLDER/ledger}
                evolution: {samples: 40, votes: 2}
                tabular: TABULAR
                output: {path: FOLDER/out, formats: [parquet], rows: 60}
                """
                        .replace("TABULAR", tabular)
                        .replace("FOLDER", folder.toString()),
                "orders",
                List.of(overrides));
    }

    /** Nothing but the discovery and where the tables are. */
    private RunSpec least(String... overrides) {
        return spec("{discover: {}, children: [{name: orders, path: FOLDER/orders.csv, key: customer}]}", overrides);
    }

    private List<Release> releases() {
        return new Ledger(new FileLedgerStorage(
                        RunFiles.at(folder.resolve("ledger").toString(), new Configuration())))
                .entries().stream().map(LedgerEntry::release).toList();
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private Dataset orders() {
        return new Dataset(spark.read()
                .parquet(folder.resolve("out/children/orders/parquet").toString())
                .collectAsList());
    }

    /** Published rows of the child table. */
    private record Dataset(List<Row> rows) {
        int mostOfOneClient() {
            return rows.stream().collect(Collectors.groupingBy(row -> row.get(0))).values().stream()
                    .mapToInt(List::size)
                    .max()
                    .orElseThrow();
        }
    }

    /** Runs until the discovery is made and used, no further. */
    private void discover(RunSpec spec) {
        assertThatThrownBy(() -> PrivateEvolution.on(spark)
                        .listener(new DiesAt("reading and embedding"))
                        .run(spec))
                .hasMessageContaining("died");
        assertThat(releases()).hasSize(1);
    }

    /** Stops a run at a notice or at the beginning of a stage. */
    private record DiesAt(String beginning) implements RunListener {

        @Override
        public void notice(String message) {
            dieAt(message);
        }

        @Override
        public void stageStarted(String stage, long total) {
            dieAt(stage);
        }

        private void dieAt(String event) {
            if (event.startsWith(beginning)) {
                throw new IllegalStateException("died");
            }
        }
    }

    @Test
    void rowsAndColumnsAreFoundByOneReleaseWithinTheDeclaredEpsilon() throws IOException {
        Orders.write(folder, 3_000, 1);
        List<String> told = new ArrayList<>();

        RunResult result;
        try (CapturedLog captured = new CapturedLog()) {
            result = PrivateEvolution.on(spark)
                    .listener(new RunListener() {
                        @Override
                        public void notice(String message) {
                            told.add(message);
                        }
                    })
                    .run(least());
            assertThat(captured.text()).isNotEmpty().doesNotContain("key-7");
        }

        assertThat(result.synthetic().columns()).containsExactly("id", "age", "city");
        assertThat(orders().rows().get(0).schema().fieldNames()).containsExactly("customer", "day", "shop", "amount");
        // A quarter of the customers have no order, the others 1 to 7.
        assertThat(orders().mostOfOneClient()).isBetween(5, 7);
        assertThat(told)
                .anyMatch(line -> line.startsWith("discovered age: long, "))
                .anyMatch(line -> line.startsWith("discovered orders: at most 7 rows of a client count"))
                .anyMatch(line -> line.startsWith("discovered orders.shop: string, Bern, Oslo, Rome, other"))
                .noneMatch(line -> line.contains("key-"));
        // No customer without orders is taken for a null; one order in twenty has no amount.
        String draft = text("out/discovery/draft.yaml");
        assertThat(draft).contains("rows: 7    # about 98 %").contains("key: \"customer\"");
        assertThat(line(draft, "\"day\"")).contains("no nulls visible").contains("type: long, min: ");
        assertThat(line(draft, "\"shop\"")).contains("no nulls visible");
        assertThat(line(draft, "\"amount\"")).containsPattern("about [3-7]\\.\\d % nulls");
        assertThat(line(text("out/configuration.yaml"), "rows: 7")).isNotEmpty();
        assertThat(releases())
                .extracting(Release::releaseId)
                .containsExactly("discovery", "marginals-1", "marginals-2", "marginals-3", "vote-001", "vote-002");
        assertThat(releases().get(0).thresholdDelta()).isEqualTo(0.1 * DELTA);
        assertThat(result.guarantee().epsilon()).isEqualTo(8);
        assertThat(delta(8)).isBetween(0.999 * 0.9 * DELTA, 0.9 * DELTA);
        assertThat(result.guarantee().sentence()).contains("all records of one id, added or removed");
        assertThat(text("out/guarantee.json")).contains("\"threshold_delta\"");
    }

    private static String line(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).findFirst().orElseThrow();
    }

    /** The delta of all noise together, by the formula for one Gaussian with the sum of the squares. */
    private double delta(double epsilon) {
        double mu = Math.sqrt(releases().stream()
                .mapToDouble(release -> Math.pow(release.noiseMultiplier(), -2))
                .sum());
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        return normal.cumulativeProbability(-epsilon / mu + mu / 2)
                - Math.exp(epsilon) * normal.cumulativeProbability(-epsilon / mu - mu / 2);
    }

    @Test
    void whatIsDeclaredStaysAsItIs() throws IOException {
        Orders.write(folder, 2_000, 2);

        discover(spec("{discover: {}, columns: [{name: age, type: integer, min: 18, max: 99},"
                + " {name: number, type: id}], children: [{name: orders, path: FOLDER/orders.csv, key: customer,"
                + " order: day, columns: [{name: day, type: integer, min: 1, max: 100},"
                + " {name: shop, type: string, categories: [Bern, elsewhere], other: elsewhere}]}]}"));

        assertThat(text("out/discovery/draft.yaml"))
                .contains("rows: 7")
                .contains("\"name\":\"number\"")
                .contains("\"categories\":[\"Bern\",\"elsewhere\"]")
                .doesNotContain("amount");
    }

    /** What is declared is read, too: the votes would refuse it only once the discovery is charged. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path: FOLDER/nowhere.csv | nowhere.csv",
                "path: FOLDER/orders.csv, order: day | table 'orders': column 'day'",
                "path: FOLDER/orders.csv, order: shop | shop"
            })
    void whatDoesNotFitItsDeclarationIsRefusedBeforeAnythingIsCharged(String place, String named) throws IOException {
        Orders.write(folder, 100, 2);
        Files.writeString(folder.resolve("orders.csv"), text("orders.csv") + "key-70003,,Oslo,1\n");
        Files.writeString(folder.resolve("orders.csv"), text("orders.csv").replace(",shop,", ",store,"));
        String column = place.endsWith("shop") ? "shop" : "day";

        assertThatThrownBy(() -> PrivateEvolution.on(spark)
                        .run(spec("{discover: {}, children: [{name: orders, key: customer, rows: 5, "
                                + place.replace(", order: shop", "")
                                + ", columns: [{name: " + column + ", type: integer, min: 1, max: 100}]}]}")))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining(named);
        assertThat(releases()).isEmpty();
    }

    @Test
    void rowsOfOneClientMustNotDifferInDeclaredColumns() {
        Orders.writeWide(folder, 200, 4);

        assertThatThrownBy(() -> PrivateEvolution.on(spark)
                        .run(spec(
                                "{discover: {}, columns: [{name: day, type: integer, min: 1, max: 100}],"
                                        + " children: [{name: orders, examine: [shop]}]}",
                                "private_data.path=" + folder.resolve("wide.csv"))))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("rows of one client differ in a column that belongs to the client");
        assertThat(releases()).isEmpty();
    }

    /** The sections could not be read once they are discovered, and the charge would be lost. */
    @ParameterizedTest
    @ValueSource(strings = {"rows", "day_other"})
    void columnsThatCannotBeDeclaredTogetherAreRefusedBeforeAnythingIsCharged(String name) throws IOException {
        Orders.write(folder, 100, 2);
        Files.writeString(folder.resolve("orders.csv"), text("orders.csv").replace(",shop,", "," + name + ","));

        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(least()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tabular.discover: these columns cannot be declared together")
                .hasMessageContaining(name);
        assertThat(releases()).isEmpty();
    }

    @Test
    void ofAWideTableTheColumnsOfTheClientAreNamed() throws IOException {
        Orders.writeWide(folder, 2_000, 3);

        RunResult result = PrivateEvolution.on(spark)
                .run(spec(
                        "{discover: {columns: [age]}, children: [{name: orders, order: day, examine: [day, shop]}]}",
                        "private_data.path=" + folder.resolve("wide.csv"),
                        "labels={column: city}"));

        assertThat(result.synthetic().columns()).containsExactly("id", "age", "city");
        assertThat(text("out/configuration.yaml")).contains("Bern");
        assertThat(orders().rows().get(0).schema().fieldNames()).containsExactly("id", "day", "shop");
        String draft = text("out/discovery/draft.yaml");
        assertThat(draft).contains("rows: 7").contains("labels:");
        assertThat(line(draft, "name: \"day\"")).doesNotContain("nullable").contains("orders the rows");
    }

    @Test
    void aWideTableWhoseClientsDifferIsRefusedBeforeAnythingIsCharged() {
        Orders.writeWide(folder, 200, 4);

        assertThatThrownBy(() -> PrivateEvolution.on(spark)
                        .run(spec(
                                "{discover: {columns: [age, shop, day]}, children: [{name: orders}]}",
                                "private_data.path=" + folder.resolve("wide.csv"))))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("rows of one client differ in a column that belongs to the client")
                .hasMessageNotContaining("key-");
        assertThat(releases()).isEmpty();
    }

    /** Each message says what to do, names no key and no value, and nothing is charged. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "customers.csv | key-70003,30,Oslo  | two rows of the clients' table have the same key",
                "customers.csv | ,30,Oslo           | column 'id': a private record has no client id",
                "orders.csv    | ,30,Oslo,1         | table 'orders': column 'customer': a private record has no client id",
                "orders.csv    | key-70003,,Oslo,1  | table 'orders': a row has no value in the column of `order`",
                "orders.csv    | key-70003,7        | table 'orders': "
            })
    void recordsThatAreWrongAreRefusedBeforeAnythingIsCharged(String file, String added, String named)
            throws IOException {
        Orders.write(folder, 100, 5);
        Files.writeString(folder.resolve(file), text(file) + added + "\n");
        RunSpec spec = least("tabular.children.0.order=day");

        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining(named)
                .hasMessageNotContaining("key-");
        assertThatThrownBy(() -> PrivateEvolution.on(spark).check(spec))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining(named);
        assertThat(releases()).isEmpty();
    }

    @Test
    void aColumnThatATableLacksIsNamedBeforeAnythingIsCharged() {
        Orders.write(folder, 100, 6);

        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(least("tabular.children.0.examine=[day, shopp]")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tabular.children[].examine: the data have no column shopp")
                .hasMessageContaining("did you mean shop?");
        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(least("tabular.children.0.key=client")))
                .hasMessageContaining("no column client");
        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(least("tabular.children.0.order=daay")))
                .hasMessageContaining("no column daay");
        assertThat(releases()).isEmpty();
    }

    @Test
    void ifTooLittleIsVisibleTheRunSaysWhatItCharged() {
        Orders.write(folder, 12, 7);

        assertThatThrownBy(() -> PrivateEvolution.on(spark)
                        .run(spec(
                                "{discover: {}, columns: [{name: age, type: integer, min: 18, max: 99}], children:"
                                        + " [{name: orders, path: FOLDER/orders.csv, key: customer, columns: "
                                        + "[{name: shop, type:"
                                        + " string, categories: [Bern, other], other: other}]}]}",
                                "privacy.epsilon=0.1")))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("no number of a client's rows of table 'orders' is visible through the noise")
                .hasMessageContaining("The discovery was charged");
        assertThat(releases()).hasSize(1);
    }

    /** Between the charge and the use of what was found. */
    @Test
    void aRunThatDiesGoesOnWithTheSameRelease() throws IOException {
        Orders.write(folder, 1_000, 8);
        RunListener dies = new DiesAt("discovered age");
        assertThatThrownBy(() -> PrivateEvolution.on(spark).listener(dies).run(least()))
                .hasMessageContaining("died");
        assertThat(releases()).hasSize(1);
        String draft = text("out/discovery/draft.yaml");

        RunResult resumed = PrivateEvolution.on(spark).run(least());

        assertThat(releases()).hasSize(6);
        assertThat(releases()).extracting(Release::releaseId).doesNotHaveDuplicates();
        assertThat(text("out/discovery/draft.yaml")).isEqualTo(draft);
        assertThat(resumed.guarantee().epsilon()).isEqualTo(8);
    }

    @Test
    void aChildTableThatHasOtherColumnsThanWereDiscoveredIsRefused() throws IOException {
        Orders.write(folder, 1_000, 9);
        discover(least());
        Path orders = folder.resolve("orders.csv");
        Files.writeString(orders, text("orders.csv").replaceFirst("shop", "store"));

        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(least()))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("orders.csv has no column shop, which it had when the run discovered");
        assertThat(releases()).hasSize(1);
    }

    /** The clean counts with and without one client, over random pairs of neighbouring data sets. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aClientMovesTheReleaseByAtMostOneVote(int seed) throws IOException {
        Orders.write(folder, 25, seed);
        RunSpec spec = least();
        Map<String, Long> with = votes(spec);
        String gone = "key-" + (70_000 + seed * 4);
        for (String file : List.of("customers.csv", "orders.csv")) {
            Path path = folder.resolve(file);
            List<String> kept = Files.readAllLines(path).stream()
                    .filter(line -> !line.startsWith(gone + ","))
                    .toList();
            Files.write(path, kept);
        }
        Map<String, Long> without = votes(spec);

        BigInteger squares = BigInteger.ZERO;
        Map<String, Long> all = new HashMap<>(with);
        without.forEach((key, votes) -> all.merge(key, -votes, Long::sum));
        for (long difference : all.values()) {
            squares = squares.add(BigInteger.valueOf(difference).pow(2));
        }
        BigInteger one = BigInteger.valueOf(VoteGrid.vote(1)).pow(2);
        assertThat(squares).isPositive().isLessThanOrEqualTo(one);
        // The client's own columns and number of rows, at least, have their full share: 3 + 2 of 3 * 6 votes at worst.
        assertThat(squares).isGreaterThan(one.divide(BigInteger.valueOf(5)));
    }

    /** The sums that would be released, by key, without a floor. */
    private Map<String, Long> votes(RunSpec spec) {
        PrivateSource source = new PrivateSource(spark);
        return new ClientsStage(spark, spec, ExaminedTables.of(spark, source, spec))
                .sums(source)
                .reduceByKey(VoteGrid::sum)
                .collectAsMap();
    }

    /** What goes to executors survives Java serialisation, and does the same there. */
    @Test
    void ballotsAndRecordsDoTheSameAsCopies() throws Exception {
        List<Row> rows = List.of(
                RowFactory.create("Bern", 3, "k1", null),
                RowFactory.create("Bern", 4, "k1", null),
                RowFactory.create("Oslo", null, "k2", null));
        ClientColumns columns =
                new ClientColumns(List.of("city"), List.of(new ClientColumns.Child("orders", true, List.of("day"))));
        ClientBallots ballots = new ClientBallots(
                new DiscoveryCells(columns.size()),
                new PrivateColumns(List.of(), List.of("city", "day"), LabelColumns.NONE, "id"),
                List.of(
                        new ClientBallots.Piece(ClientBallots.ROOT, 0, 0, 1, List.of(), -1),
                        new ClientBallots.Piece(0, columns.columnsAt(0), 1, 2, List.of(), -1)),
                "");
        List<Row> parts = all(ballots.call(rows.iterator()));

        List<Row> copied = all(Copies.copy(ballots).call(rows.iterator()));

        assertThat(copied.toString().replaceAll("\\[[BLI][^\\]]*;?@\\w+", ""))
                .isEqualTo(parts.toString().replaceAll("\\[[BLI][^\\]]*;?@\\w+", ""));
        for (int i = 0; i < parts.size(); i++) {
            assertThat(copied.get(i).<byte[]>getAs(2)).isEqualTo(parts.get(i).<byte[]>getAs(2));
        }
        ClientRecordsTask task = new ClientRecordsTask(columns, true);
        // As Spark hands arrays on.
        List<Row> handed =
                spark.createDataFrame(parts, ClientBallots.SCHEMA).sort("key").collectAsList();
        assertThat(all(Copies.copy(task).call(handed.iterator()))).isEqualTo(all(task.call(handed.iterator())));
        assertThat(all(task.call(handed.iterator())).toString()).doesNotContain("=1:");
    }

    private static <T> List<T> all(Iterator<T> elements) {
        List<T> all = new ArrayList<>();
        elements.forEachRemaining(all::add);
        return all;
    }

    /** Which row of a client counts does not depend on the order or the partitions in which the rows are read. */
    @Test
    void theChosenRowDependsOnTheClientAlone() throws IOException {
        Orders.write(folder, 60, 10);
        Map<String, Long> votes = votes(least());
        List<String> lines = Files.readAllLines(folder.resolve("orders.csv"));
        List<String> reversed = new ArrayList<>(lines.subList(0, 1));
        for (int i = lines.size() - 1; i > 0; i--) {
            reversed.add(lines.get(i));
        }
        Files.write(folder.resolve("orders.csv"), reversed);

        assertThat(votes(least("private_data.partitions=3"))).isEqualTo(votes);
    }

    /** Against the files: each client once, whatever its rows; those of nobody not at all. */
    @Test
    void theCountsAreThoseOfTheClients() throws IOException {
        Orders.write(folder, 300, 11);
        Files.writeString(folder.resolve("orders.csv"), text("orders.csv") + "nobody,5,Atlantis,1\n");
        Map<String, Long> rows = new HashMap<>();
        List<String> clients = Files.readAllLines(folder.resolve("customers.csv"));
        clients.subList(1, clients.size()).forEach(line -> rows.put(line.split(",")[0], 0L));
        Files.readAllLines(folder.resolve("orders.csv")).stream()
                .map(line -> line.split(",")[0])
                .filter(rows::containsKey)
                .forEach(key -> rows.merge(key, 1L, Long::sum));
        int columns = 2 + 1 + 3;
        long vote = VoteGrid.vote(DiscoveryCells.A_VALUE * columns);

        Map<String, Long> votes = votes(least());

        for (long number = 0; number <= 7; number++) {
            long of = number;
            long expected = rows.values().stream().filter(n -> n == of).count() * vote;
            int cell = new DiscoveryCells(5).ballotFrom(2, number).cells().get(1);
            assertThat(votes.get("#" + cell)).isEqualTo(expected).isPositive();
        }
        long withRows = rows.values().stream().filter(n -> n > 0).count();
        long shops = votes.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("=4:"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(shops).isEqualTo(withRows * vote);
        assertThat(votes.keySet()).noneMatch(key -> key.contains("Atlantis")).noneMatch(key -> key.startsWith("=2:"));
        assertThat(votes.keySet().stream().filter(key -> key.startsWith("=4:")).collect(Collectors.toSet()))
                .isEqualTo(Set.of("=4:Bern", "=4:Oslo", "=4:Rome"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{discover: {}, children: [{name: o}]} | tabular.discover.columns is missing: required for one wide",
                "{discover: {}, columns: [{name: age, type: integer, min: 1, max: 9}], children: [{name: o, rows: 5,"
                        + " path: p, columns: [{name: day, type: integer, min: 1, max: 9}]}]}"
                        + " | tabular.discover: has nothing to find",
                "{discover: {columns: [age]}, columns: [{name: age, type: integer, min: 1, max: 9}], children: "
                        + "[{name: o,"
                        + " path: p}]} | tabular.columns are declared: remove one of the two",
                "{discover: {}, children: [{name: o, path: p, format: json}]} | tabular.children.0.examine",
                "{discover: {}, columns: [{name: age, type: integer, min: 1, max: 9}], children: [{name: o, rows: 5,"
                        + " path: p, constraints: [day > 1], columns: [{name: day, type: integer, min: 1, max: 9}]}]}"
                        + " | tabular.children.0.constraints",
                "{discover: {}, children: [{name: o, path: p, examine: [a], columns: [{name: day, type: "
                        + "integer, min: 1,"
                        + " max: 9}]}]} | the columns are declared: remove one of the two",
                "{discover: {}, children: [{name: o, path: p, examine: [a], order: b}]} | add it to examine",
                "{discover: {}, children: [{name: o, path: p}, {name: O, path: p}]} | two of them have the same name",
                "{columns: [{name: age, type: integer, min: 1, max: 9}], children: [{name: o, path: p, columns: [{name:"
                        + " day, type: integer, min: 1, max: 9}]}]} | tabular.children.0.rows",
                "{columns: [{name: age, type: integer, min: 1, max: 9}], children: [{name: o, path: p, rows: 3, "
                        + "examine:"
                        + " [day], columns: [{name: day, type: integer, min: 1, max: 9}]}]} | without tabular.discover"
            })
    void settingsThatDoNotFitAreRefused(String tabular, String named) {
        assertThatThrownBy(() -> spec(tabular))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(named);
    }

    @Test
    void theConfigurationIsReadBackAsItWasWritten() {
        RunSpec spec = spec("{discover: {share: 0.3}, children: [{name: orders, path: o.csv, key: customer, order: day,"
                + " examine: [day, shop]}, {name: calls, path: c.csv, rows: 4, columns: [{name: minutes, type: integer,"
                + " min: 1, max: 90}]}]}");

        RunSpec again = RunConfiguration.parse(CanonicalConfiguration.yaml(spec), "again", List.of());

        assertThat(again).isEqualTo(spec);
        assertThat(ChildTable.MOST_ROWS).isLessThan(ClientColumns.MOST_COUNTED);
    }
}

package org.privateevolution.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.fixtures.Orders;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.Evaluation.Question;
import org.privateevolution.model.Evaluation.Verdict;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.RunListener;

/** All draws have fixed seeds: what is found is found always. */
class ClientEvaluationTest {

    private static final String ORDERED = "tabular.children.0.order=day";

    private final SparkSession spark = TestSession.spark();

    @TempDir
    private Path folder;

    private Path real;
    private Path holdout;
    private Path made;

    @BeforeEach
    void writeClients() throws IOException {
        real = Files.createDirectory(folder.resolve("real"));
        holdout = Files.createDirectory(folder.resolve("holdout"));
        made = Files.createDirectory(folder.resolve("made"));
        Orders.write(real, 400, 1);
        Orders.write(holdout, 300, 2);
        Orders.write(made, 300, 3);
    }

    private ClientFiles files(Path place) {
        return new ClientFiles(
                csv(place.resolve("customers.csv")), List.of(Optional.of(csv(place.resolve("orders.csv")))));
    }

    private Table csv(Path file) {
        return Table.open(spark, "csv", file.toString(), Map.of());
    }

    private Evaluation evaluate(ClientFiles one, Optional<ClientFiles> held, ClientFiles other, String... overrides) {
        RunSpec spec = Orders.spec(folder, overrides);
        EvaluationRequest request = new EvaluationRequest(
                List.of(),
                Optional.empty(),
                0,
                100,
                7,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(spec.privateData().clientColumn()),
                Maker.OTHER,
                spec.constraints().isEmpty() ? Constraints.NONE : Constraints.of(spec.tabular(), spec.labels()));
        return new ClientEvaluation(
                        spark,
                        spec.modality().clients().orElseThrow(),
                        List.of(),
                        one,
                        held,
                        request,
                        new RunListener() {})
                .compare(other);
    }

    private Evaluation evaluate(String... overrides) {
        return evaluate(files(real), Optional.of(files(holdout)), files(made), overrides);
    }

    private static Figure figure(Evaluation evaluation, String measure, String subject) {
        return evaluation.figures().stream()
                .filter(figure -> figure.measure().key().equals(measure)
                        && figure.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + measure + " of '" + subject + "'"));
    }

    private static double value(Evaluation evaluation, String measure, String subject) {
        return figure(evaluation, measure, subject).value();
    }

    private static List<String[]> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static double totalVariation(List<?> one, List<?> other) {
        Map<Object, Long> ones = count(one);
        Map<Object, Long> others = count(other);
        Set<Object> all = new HashSet<>(ones.keySet());
        all.addAll(others.keySet());
        return all.stream()
                        .mapToDouble(value -> Math.abs(ones.getOrDefault(value, 0L) / (double) one.size()
                                - others.getOrDefault(value, 0L) / (double) other.size()))
                        .sum()
                / 2;
    }

    private static Map<Object, Long> count(List<?> values) {
        return values.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Test
    void rowsOfClientsThatBreakConstraintsAreCounted() throws IOException {
        long broken = lines(made.resolve("orders.csv")).stream()
                .filter(row -> Integer.parseInt(row[1]) > 90 && row[2].equals("Bern"))
                .count();
        long rows = lines(made.resolve("orders.csv")).size();
        assertThat(broken).isPositive();

        long young = lines(made.resolve("customers.csv")).stream()
                .filter(row -> Integer.parseInt(row[1]) < 30)
                .count();

        Evaluation evaluation = evaluate(
                "tabular.constraints=[age >= 30]",
                "tabular.children.0.constraints=[day <= 90 OR shop != 'Bern', day >= 1]");

        assertThat(value(evaluation, "constraint_violations", "age >= 30")).isCloseTo(young / 300.0, within(1e-12));

        assertThat(value(evaluation, "constraint_violations", "orders: day <= 90 OR shop != 'Bern'"))
                .isCloseTo(broken / (double) rows, within(1e-12));
        assertThat(value(evaluation, "constraint_violations", "orders: day >= 1"))
                .isZero();
        assertThat(evaluation.notes())
                .anyMatch(note -> note.startsWith("Constraint `day >= 1`: broken by 0 of " + rows + " synthetic rows"));
    }

    @Test
    void anotherSampleOfClientsIsGoodAndItsDistancesAreThoseOfTheDefinition() throws IOException {
        Evaluation evaluation = evaluate();

        assertThat(evaluation.rows()).isEqualTo(new Evaluation.Rows(400, 300, 300));
        assertThat(evaluation.figures())
                .filteredOn(figure -> figure.verdict() == Verdict.POOR)
                .isEmpty();
        assertThat(evaluation.figures().stream().map(figure -> figure.measure().question()))
                .contains(Question.FIDELITY, Question.CHILDREN, Question.DETECTION, Question.MEMORY);
        assertThat(evaluation.figures())
                .filteredOn(figure -> figure.measure().question() == Question.CHILDREN)
                .allMatch(figure -> figure.attainable().isPresent() && !figure.insideGuarantee());
        assertThat(value(evaluation, "key_integrity", "orders")).isOne();
        assertThat(value(evaluation, "unique_keys", "")).isOne();
        assertThat(value(evaluation, "child_1way", "orders_shop"))
                .isCloseTo(totalVariation(shops(real), shops(made)), within(1e-12));
        assertThat(value(evaluation, "rows_per_client", "orders"))
                .isCloseTo(totalVariation(numbers(real), numbers(made)), within(1e-12));
        assertThat(figure(evaluation, "rows_per_client", "orders").attainable().orElseThrow())
                .isCloseTo(totalVariation(numbers(real), numbers(holdout)), within(1e-12));
        assertThat(evaluation.notes())
                .anyMatch(note -> note.contains("real clients have more rows than the 5 that count in a run"));
    }

    private static List<String> shops(Path place) throws IOException {
        return lines(place.resolve("orders.csv")).stream().map(row -> row[2]).toList();
    }

    private static List<String> cityAndShop(Path place) throws IOException {
        Map<String, String> cities =
                lines(place.resolve("customers.csv")).stream().collect(Collectors.toMap(row -> row[0], row -> row[2]));
        return lines(place.resolve("orders.csv")).stream()
                .map(row -> cities.get(row[0]) + "," + row[2])
                .toList();
    }

    private static List<Long> numbers(Path place) throws IOException {
        Map<Object, Long> rows = count(
                lines(place.resolve("orders.csv")).stream().map(row -> row[0]).toList());
        return lines(place.resolve("customers.csv")).stream()
                .map(row -> rows.getOrDefault(row[0], 0L))
                .toList();
    }

    /** Rows are given to other clients: single columns stay as they are. */
    @Test
    void rowsThatBelongToOthersAreSeen() throws IOException {
        List<String[]> rows = lines(made.resolve("orders.csv"));
        List<String> keys = new ArrayList<>(rows.stream().map(row -> row[0]).toList());
        Collections.shuffle(keys, new Random(5));
        List<String> shuffled = new ArrayList<>(List.of("customer,day,shop,amount"));
        for (int i = 0; i < keys.size(); i++) {
            shuffled.add(keys.get(i) + "," + rows.get(i)[1] + "," + rows.get(i)[2] + "," + rows.get(i)[3]);
        }
        Orders.lines(made.resolve("orders.csv"), shuffled);

        Evaluation evaluation = evaluate();

        for (String good : List.of("rows_per_client", "child_1way", "child_2way", "key_integrity")) {
            assertThat(figure(evaluation, good, "orders").verdict()).as(good).isEqualTo(Verdict.GOOD);
        }
        assertThat(figure(evaluation, "root_child_2way", "city | orders_shop").verdict())
                .isEqualTo(Verdict.POOR);
        assertThat(value(evaluation, "root_child_2way", "city | orders_shop"))
                .isCloseTo(totalVariation(cityAndShop(real), cityAndShop(made)), within(1e-12));
        Figure two = figure(evaluation, "successive_2way", "orders_shop | orders_shop_other");
        assertThat(two.verdict()).isEqualTo(Verdict.POOR);
        assertThat(two.advice()).isNotEmpty();
    }

    @Test
    void keysThatDoNotAgreeAreCounted() throws IOException {
        List<String> orders = new ArrayList<>(Files.readAllLines(made.resolve("orders.csv")));
        int rows = orders.size() - 1;
        orders.addAll(List.of("nobody,1,Bern,1", ",2,Oslo,2", "key-70001 ,3,Rome,3"));
        Orders.lines(made.resolve("orders.csv"), orders);
        List<String> customers = new ArrayList<>(Files.readAllLines(made.resolve("customers.csv")));
        customers.addAll(List.of("key-70000,33,Bern", ",34,Oslo"));
        Orders.lines(made.resolve("customers.csv"), customers);

        Evaluation evaluation = evaluate();

        assertThat(value(evaluation, "key_integrity", "orders")).isCloseTo(rows / (rows + 3.0), within(1e-12));
        assertThat(figure(evaluation, "key_integrity", "orders").verdict()).isEqualTo(Verdict.FAIR);
        assertThat(value(evaluation, "unique_keys", "")).isCloseTo(300 / 302.0, within(1e-12));
        assertThat(evaluation.notes())
                .anyMatch(note -> note.startsWith("WARNING: 2 of 302 synthetic clients have no key"))
                .anyMatch(note -> note.contains(" 3 and 0 of them belong to no client"));
    }

    /** In the real series a day follows the other by 1 or 2; in the others by up to 8, over the same days. */
    @Test
    void stepsOfOrderedRowsAreCompared() {
        series(real, 1, 2);
        series(holdout, 2, 2);
        series(made, 3, 8);

        Evaluation evaluation = evaluate(ORDERED);

        Figure steps = figure(evaluation, "successive_2way", "orders_day | orders_day_step");
        assertThat(steps.value()).isBetween(0.25, 0.35);
        assertThat(steps.verdict()).isEqualTo(Verdict.POOR);
        assertThat(figure(evaluation, "child_1way", "orders_shop").verdict()).isEqualTo(Verdict.GOOD);

        series(made, 3, 2);
        assertThat(figure(evaluate(ORDERED), "successive_2way", "orders_day | orders_day_step")
                        .verdict())
                .isEqualTo(Verdict.GOOD);
    }

    private static void series(Path place, long seed, int most) {
        Random random = new Random(seed);
        List<String> roots = new ArrayList<>(List.of("id,age,city"));
        List<String> orders = new ArrayList<>(List.of("customer,day,shop,amount"));
        for (int i = 0; i < 200; i++) {
            roots.add("k" + i + "," + (18 + random.nextInt(60)) + ",Bern");
            int day = 1 + random.nextInt(40);
            for (int n = 0; n < 4; n++) {
                // Not in their order: only the column tells it.
                orders.add(1 + random.nextInt(orders.size()), "k" + i + "," + day + ",Oslo," + random.nextInt(100));
                day += 1 + random.nextInt(most);
            }
        }
        Orders.lines(place.resolve("customers.csv"), roots);
        Orders.lines(place.resolve("orders.csv"), orders);
    }

    /** The copy has other keys, types, and order of rows. */
    @Test
    void aCopyOfClientsIsFoundInEveryFormat() {
        spark.read()
                .schema("id string, age int, city string")
                .option("header", "true")
                .csv(real.resolve("customers.csv").toString())
                .selectExpr("concat('copy', id) id", "age", "city")
                .write()
                .parquet(folder.resolve("copy/customers").toString());
        spark.read()
                .schema("customer string, day int, shop string, amount double")
                .option("header", "true")
                .csv(real.resolve("orders.csv").toString())
                .selectExpr("concat('copy', customer) customer", "day", "shop", "amount")
                .repartition(3)
                .write()
                .orc(folder.resolve("copy/orders").toString());
        ClientFiles copy = new ClientFiles(
                Table.open(spark, "parquet", folder.resolve("copy/customers").toString(), Map.of()),
                List.of(Optional.of(
                        Table.open(spark, "orc", folder.resolve("copy/orders").toString(), Map.of()))));

        Evaluation evaluation = evaluate(files(real), Optional.of(files(holdout)), copy);

        assertThat(value(evaluation, "identical_training", "")).isOne();
        assertThat(value(evaluation, "identical_holdout", "")).isLessThan(0.1);
        for (String measure : List.of("child_1way", "child_2way", "root_child_2way", "rows_per_client")) {
            assertThat(value(evaluation, measure, "orders")).as(measure).isZero();
        }
    }

    @Test
    void oneWideTableIsComparedWithTablesAndAThirdOfItsClientsIsSetAside() {
        Orders.writeWide(real, 400, 4);
        Orders.writeWide(made, 300, 5);
        ClientFiles wide = new ClientFiles(csv(real.resolve("wide.csv")), List.of(Optional.empty()));
        Orders.writeWide(folder, 10, 6);
        RunSpec spec = Orders.wide(folder);

        JoinedClients joined = new JoinedClients(spec.modality().clients().orElseThrow(), "id", List.of());
        assertThat(joined.size(wide)).isEqualTo(400);
        Evaluation evaluation = evaluateWide(spec, wide);

        assertThat(evaluation.rows().real() + evaluation.rows().holdout()).isEqualTo(400);
        assertThat(figure(evaluation, "child_1way", "orders").attainable()).isPresent();
        assertThat(evaluation.figures())
                .filteredOn(figure -> figure.measure().question() == Question.CHILDREN)
                .allMatch(figure -> figure.verdict() != Verdict.POOR);
        assertThat(evaluation.notes()).anyMatch(note -> note.contains("client by client (column id)"));
    }

    private Evaluation evaluateWide(RunSpec spec, ClientFiles wide) {
        ClientFiles other = new ClientFiles(csv(made.resolve("wide.csv")), List.of(Optional.empty()));
        EvaluationRequest request = new EvaluationRequest(
                List.of(), Optional.empty(), 0, 100, 7, List.of(), Optional.empty(), Optional.of("id"), Maker.OTHER);
        return new ClientEvaluation(
                        spark,
                        spec.modality().clients().orElseThrow(),
                        List.of(),
                        wide,
                        Optional.empty(),
                        request,
                        new RunListener() {})
                .compare(other);
    }

    /** Which of a client's rows stands for it follows from its content, and prefers none. */
    @Test
    void oneRowOfAClientIsAsLikelyAsAnother() {
        List<String> roots = new ArrayList<>(List.of("id,age,city"));
        List<String> orders = new ArrayList<>(List.of("customer,day,shop,amount"));
        for (int i = 0; i < 2_000; i++) {
            roots.add("k" + i + ",30,Bern");
            orders.add("k" + i + "," + (1 + i % 100) + ",Bern," + i / 100);
            orders.add("k" + i + "," + (1 + i % 100) + ",Oslo," + i / 100);
        }
        Orders.lines(made.resolve("customers.csv"), roots);
        Orders.lines(made.resolve("orders.csv"), orders);
        JoinedClients joined =
                new JoinedClients(Orders.spec(folder).modality().clients().orElseThrow(), "id", List.of());

        Map<String, Long> shops = joined.clients(files(made)).rows().collectAsList().stream()
                .collect(Collectors.groupingBy(row -> row.<String>getAs("orders_shop"), Collectors.counting()));

        // 5 standard deviations of 2,000 fair coins.
        assertThat(shops.get("Bern")).isBetween(888L, 1_112L);
        assertThat(shops.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(2_000);
    }

    @Test
    void rowsStandBesideTheRowBefore() {
        Orders.lines(made.resolve("customers.csv"), List.of("id,age,city", "a,20,Bern", "b,30,Oslo", "c,40,Rome"));
        Orders.lines(
                made.resolve("orders.csv"),
                List.of("customer,day,shop,amount", "a,9,Oslo,1", "b,5,Rome,", "a,4,Bern,2", "x,1,Bern,3"));
        JoinedClients joined = new JoinedClients(
                Orders.spec(folder, ORDERED).modality().clients().orElseThrow(), "id", List.of());

        Map<String, Row> byDay = new HashMap<>();
        joined.rows(files(made), 0)
                .rows()
                .collectAsList()
                .forEach(row -> byDay.put(
                        row.getString(0) + row.<Double>getAs("orders_day").intValue(), row));

        assertThat(new TreeSet<>(byDay.keySet())).containsExactly("a4", "a9", "b5");
        Row second = byDay.get("a9");
        assertThat(second.<String>getAs("city")).isEqualTo("Bern");
        assertThat(second.<Double>getAs("orders_day_step")).isEqualTo(5.0);
        assertThat(second.<String>getAs("orders_shop_before")).isEqualTo("Bern");
        assertThat(second.<Double>getAs("orders_amount_before")).isEqualTo(2.0);
        assertThat(byDay.get("a4").isNullAt(byDay.get("a4").fieldIndex("orders_day_step")))
                .isTrue();
        assertThat(byDay.get("b5").isNullAt(byDay.get("b5").fieldIndex("orders_amount")))
                .isTrue();
    }

    @Test
    void tablesThatCannotBeJoinedAreRefusedByName() throws IOException {
        Orders.lines(made.resolve("orders.csv"), List.of("customer,day,shop", "key-70001,3,Bern"));
        refused("orders.csv has no column amount, which the configuration declares");
        Orders.lines(made.resolve("orders.csv"), List.of("client,day,shop,amount", "key-70001,3,Bern,2"));
        refused("orders.csv has no column customer, which the configuration declares");
        Orders.lines(made.resolve("orders.csv"), List.of("customer,day,shop,amount", "key-70001,3,Bern,2,9"));
        refused("a record is not sound");
        Orders.write(made, 30, 3);
        Files.writeString(
                real.resolve("customers.csv"), Files.readString(real.resolve("customers.csv")) + "key-70003,44,Oslo\n");
        refused("rows have no key, or that of another row, but each client has one row; the key is id");
    }

    private void refused(String reason) {
        assertThatThrownBy(this::evaluate)
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("key-7000");
    }
}

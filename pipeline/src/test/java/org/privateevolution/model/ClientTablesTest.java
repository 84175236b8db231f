package org.privateevolution.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClientTablesTest {

    private static final TableSchema ROOT = new TableSchema(List.of(number("age", 0, 100)));

    private static Column number(String name, double min, double max) {
        return new NumericColumn(name, ColumnType.of(ColumnType.Kind.INTEGER), min, max, false, false);
    }

    private static ChildTable child(String name, int most, String order) {
        return new ChildTable(
                name,
                "",
                "",
                Map.of(),
                "id",
                new TableSchema(List.of(number("time", 5, 90), number("value", 0, 1_000))),
                GeneratedColumns.NONE,
                most,
                order,
                List.of());
    }

    private static final ClientTables TABLES =
            new ClientTables(ROOT, List.of(child("a", 20, "time"), child("b", 20, "")));

    @Test
    void theJoinedTableNamesWhatItHolds() {
        assertThat(TABLES.joined().columns().stream().map(Column::name))
                .containsExactly(
                        "age",
                        "a_rows",
                        "a_time",
                        "a_value",
                        "a_time_step",
                        "a_value_before",
                        "b_rows",
                        "b_time",
                        "b_value",
                        "b_time_other",
                        "b_value_other");
        NumericColumn step = (NumericColumn) TABLES.joined().columns().get(4);
        assertThat(List.of(step.min(), step.max())).containsExactly(0.0, 85.0);
        assertThat(TABLES.joined().columns().subList(2, 6)).allMatch(Column::nullable);
    }

    @Test
    void everyRowOfTheLongestTableCountsEquallyAndNothingIsLost() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 300; round++) {
            List<List<TableRow>> rows = List.of(rows(random, random.nextInt(21)), rows(random, random.nextInt(21)));
            TableRow own = new TableRow(new double[] {round % 100});

            List<TableRow> joined = TABLES.join(own, rows, round);

            joined.forEach(TABLES.joined()::requireRow);
            assertThat(joined)
                    .hasSize(
                            Math.max(1, Math.max(rows.get(0).size(), rows.get(1).size())));
            for (int c = 0; c < 2; c++) {
                Map<Double, Integer> times = new HashMap<>();
                int value = TABLES.first(c) + 1;
                joined.forEach(row -> times.merge(row.code(value), 1, Integer::sum));
                int size = rows.get(c).size();
                assertThat(times).hasSize(Math.max(1, size));
                assertThat(times.values())
                        .allMatch(count ->
                                size == 0 || count == joined.size() / size || count == joined.size() / size + 1);
            }
            ClientRecord client = new ClientRecord(TABLES.join(own, rows, 0));
            assertThat(TABLES.root(client)).isEqualTo(own);
            assertThat(TABLES.rows(client, 0)).isEqualTo(rows.get(0));
            assertThat(TABLES.rows(client, 1)).isEqualTo(rows.get(1));
        }
    }

    @Test
    void theOtherRowIsTheOneBeforeOrAnother() {
        List<TableRow> rows = List.of(row(10, 1), row(30, 2), row(35, 3));

        List<TableRow> joined = TABLES.join(new TableRow(new double[] {7}), List.of(rows, rows), 0);

        assertThat(joined.get(0).codes()).containsExactly(7, 3, 10, 1, Double.NaN, Double.NaN, 3, 10, 1, 35, 3);
        assertThat(joined.get(2).codes()).containsExactly(7, 3, 35, 3, 5, 2, 3, 35, 3, 30, 2);
        assertThat(TABLES.join(new TableRow(new double[] {7}), List.of(List.of(), List.of(rows.get(0))), 3))
                .singleElement()
                .satisfies(row -> assertThat(row.codes())
                        .containsExactly(
                                7,
                                0,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                1,
                                10,
                                1,
                                Double.NaN,
                                Double.NaN));
    }

    @Test
    void whatCannotOrderRowsIsRefused() {
        assertThatThrownBy(() -> child("a", 3, "nothing")).hasMessageContaining("not one of the table's columns");
        assertThatThrownBy(() -> new ChildTable(
                        "a",
                        "",
                        "",
                        Map.of(),
                        "id",
                        new TableSchema(List.of(new CategoricalColumn(
                                "city", ColumnType.of(ColumnType.Kind.STRING), List.of("x"), false, null))),
                        GeneratedColumns.NONE,
                        3,
                        "city",
                        List.of()))
                .hasMessageContaining("cannot order rows");
        for (String name : List.of("a", "A")) {
            assertThatThrownBy(() -> new ClientTables(ROOT, List.of(child("a", 1, ""), child(name, 1, ""))))
                    .hasMessageContaining("two child tables are called " + name);
        }
    }

    private static TableRow row(double time, double value) {
        return new TableRow(new double[] {time, value});
    }

    /** Rows in order, with values of their own. */
    private static List<TableRow> rows(SplittableRandom random, int size) {
        List<TableRow> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            rows.add(row(5 + 4 * i + random.nextInt(4), i));
        }
        return rows;
    }
}

package org.privateevolution.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.ColumnType.Kind;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

/** Compares searches with a look at every row of a table that has few. */
class RowSearchTest {

    static final TableSchema SMALL = new TableSchema(List.of(
            TestTable.number("a", Kind.INTEGER, 0, 4, false),
            TestTable.number("b", Kind.INTEGER, -1, 3, true),
            new NumericColumn("c", ColumnType.of(Kind.DOUBLE), 0, 2, false, false, 1, List.of()),
            new CategoricalColumn("d", ColumnType.of(Kind.STRING), List.of("x", "y", "z"), true, null),
            new CategoricalColumn("e", ColumnType.of(Kind.INTEGER), List.of("0", "2", "5"), false, null),
            new CategoricalColumn("f", ColumnType.of(Kind.BOOLEAN), List.of(), false, null)));

    private static final List<String> OPERATORS = List.of("<", "<=", "=", "!=", ">", ">=");
    private static final List<String> NUMBERS = List.of("a", "b", "c", "e", "a + b", "c - a", "b + e", "2", "0.5");

    static final List<double[]> ALL = all();

    private static List<double[]> all() {
        List<double[]> rows = new ArrayList<>(List.of(new double[SMALL.size()]));
        for (int c = 0; c < SMALL.size(); c++) {
            List<double[]> longer = new ArrayList<>();
            for (double[] row : rows) {
                for (double code : codes(SMALL.columns().get(c))) {
                    double[] copy = row.clone();
                    copy[c] = code;
                    longer.add(copy);
                }
            }
            rows = longer;
        }
        return rows;
    }

    private static List<Double> codes(Column column) {
        List<Double> codes = new ArrayList<>();
        if (column instanceof NumericColumn numeric) {
            for (double code = numeric.min(); code <= numeric.max() + 1e-9; code += numeric.step()) {
                codes.add(numeric.round(code));
            }
        } else {
            for (int code = 0; code < ((CategoricalColumn) column).categories().size(); code++) {
                codes.add((double) code);
            }
        }
        if (column.nullable()) {
            codes.add(TableRow.NULL);
        }
        return codes;
    }

    /** A condition on the small table. */
    static String drawn(int depth, RandomGenerator random) {
        if (depth > 0 && random.nextInt(3) > 0) {
            String inner = drawn(depth - 1, random);
            return switch (random.nextInt(3)) {
                case 0 -> "(" + inner + ") AND (" + drawn(depth - 1, random) + ")";
                case 1 -> "(" + inner + ") OR (" + drawn(depth - 1, random) + ")";
                default -> "NOT (" + inner + ")";
            };
        }
        return switch (random.nextInt(7)) {
            case 0 -> "d = '" + "xyz".charAt(random.nextInt(3)) + "'";
            case 1 -> (random.nextBoolean() ? "b" : "d") + (random.nextBoolean() ? " IS NULL" : " IS NOT NULL");
            case 2 -> "f";
            case 3 -> "d NOT IN ('x', 'z')";
            case 4 -> "a BETWEEN 1 AND b";
            default -> compared(random);
        };
    }

    /** A comparison that names each column once. */
    private static String compared(RandomGenerator random) {
        while (true) {
            String left = NUMBERS.get(random.nextInt(7));
            String right = NUMBERS.get(random.nextInt(NUMBERS.size()));
            if (left.chars().filter(Character::isLetter).noneMatch(letter -> right.indexOf(letter) >= 0)) {
                return left + " " + OPERATORS.get(random.nextInt(OPERATORS.size())) + " " + right;
            }
        }
    }

    @Test
    void findsARowExactlyIfThereIsOneAndItObeysAllConditions() {
        RandomGenerator random = new Seed(5).generator();
        int possible = 0;
        int impossible = 0;
        for (int trial = 0; trial < 1_500; trial++) {
            List<String> texts = new ArrayList<>();
            for (int n = 0; n <= random.nextInt(6); n++) {
                texts.add(drawn(2, random));
            }
            RowRules rules = Constraints.of(
                            TestTable.table(SMALL, TestTable.texts(texts.toArray(String[]::new))), TestTable.NO_LABELS)
                    .rules();
            boolean exists = ALL.stream().anyMatch(rules::hold);
            double[] given = ALL.get(random.nextInt(ALL.size()));

            List<double[]> found = new RowSearch(rules, given).found().stream().toList();

            assertThat(found).as("%s", texts).hasSize(exists ? 1 : 0);
            if (exists) {
                assertThat(rules.hold(found.get(0))).as("%s", texts).isTrue();
                SMALL.requireRow(new TableRow(found.get(0)));
                if (rules.hold(given)) {
                    assertThat(found.get(0)).as("%s", texts).isEqualTo(given);
                }
                possible++;
            } else {
                impossible++;
            }
        }
        assertThat(possible).isGreaterThan(300);
        assertThat(impossible).isGreaterThan(100);
    }

    @Test
    void aCircleOfStrictOrdersOverWideColumnsIsFoundImpossibleAtOnce() {
        TableSchema wide = new TableSchema(List.of(
                TestTable.number("a", Kind.LONG, -1e15, 1e15, false),
                TestTable.number("b", Kind.DOUBLE, -1e300, 1e300, false),
                TestTable.number("c", Kind.LONG, -1e15, 1e15, false)));
        RowRules circle = Constraints.of(
                        TestTable.table(wide, TestTable.texts("a < b", "b < c", "c < a")), TestTable.NO_LABELS)
                .rules();
        RowRules chain = Constraints.of(
                        TestTable.table(wide, TestTable.texts("a < b", "b < c", "a + 1000 < c")), TestTable.NO_LABELS)
                .rules();

        assertThat(circle.example(0)).isEmpty();
        assertThat(chain.example(0)).isPresent();
    }
}

package org.privateevolution.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.GeneratedColumns;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

class ClientRulesTest {

    private static final double NULL = TableRow.NULL;

    /** age, a_rows, a_time, a_value, a_time_step, a_value_before, b_rows, b_value, b_value_other. */
    private static final ClientRules RULES = new ClientRules(new ClientTables(
            new TableSchema(List.of(number("age", false))),
            List.of(
                    new ChildTable(
                            "a",
                            "",
                            "",
                            Map.of(),
                            "id",
                            new TableSchema(List.of(number("time", false), number("value", true))),
                            GeneratedColumns.NONE,
                            5,
                            "time",
                            List.of()),
                    new ChildTable(
                            "b",
                            "",
                            "",
                            Map.of(),
                            "id",
                            new TableSchema(List.of(number("value", false))),
                            GeneratedColumns.NONE,
                            5,
                            "",
                            List.of()))));

    private static Column number(String name, boolean nullable) {
        return new NumericColumn(name, ColumnType.of(ColumnType.Kind.INTEGER), 10, 100, nullable, false);
    }

    private static double[] kept(double... codes) {
        TableRow lending = new TableRow(new double[] {50, 2, 51, 52, 20, 54, 2, 55, 56});
        return RULES.kept(new TableRow(codes), () -> lending).codes();
    }

    @Test
    void rowsThatKeepTheRulesStayAsTheyAre() {
        double[] sound = {20, 3, 60, NULL, 5, NULL, 2, 30, 40};
        assertThat(kept(sound)).containsExactly(sound);
        double[] empty = {20, 0, NULL, NULL, NULL, NULL, 0, NULL, NULL};
        assertThat(kept(empty)).containsExactly(empty);
    }

    @Test
    void rowsThatBreakThemAreMended() {
        // No rows, but values; one row, but another beside it.
        assertThat(kept(20, 0, 60, 70, 5, 70, 1, 30, 40)).containsExactly(20, 0, NULL, NULL, NULL, NULL, 1, 30, NULL);
        // Rows without required values, which are lent; the first row has none before it.
        assertThat(kept(20, 2, NULL, NULL, NULL, 70, 2, NULL, NULL))
                .containsExactly(20, 2, 51, NULL, NULL, NULL, 2, 55, 56);
        // A step from before the beginning of time.
        assertThat(kept(20, 2, 30, 70, 80, 70, 0, NULL, NULL)[4]).isEqualTo(20);
    }

    @Test
    void aValueThatNobodyLendsEmptiesTheTable() {
        TableRow empty = new TableRow(new double[] {20, 0, NULL, NULL, NULL, NULL, 0, NULL, NULL});
        assertThat(RULES.kept(new TableRow(new double[] {20, 2, NULL, 60, 5, 60, 0, NULL, NULL}), () -> empty))
                .isEqualTo(empty);
    }

    @Test
    void onlyPairsThatSayMoreThanOthersAreCounted() {
        assertThat(pairs())
                .containsExactly(
                        "0-1", "0-2", "0-3", "0-6", "0-7", "1-2", "1-3", "1-6", "1-7", "2-3", "2-4", "2-5", "2-6",
                        "3-4", "3-5", "3-6", "6-7", "7-8");
    }

    private static List<String> pairs() {
        return MarginalQuery.pairs(9).stream()
                .filter(pair -> RULES.paired(pair.first(), pair.second()))
                .map(pair -> pair.first() + "-" + pair.second())
                .toList();
    }
}

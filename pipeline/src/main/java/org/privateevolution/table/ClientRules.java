package org.privateevolution.table;

import java.util.Arrays;
import java.util.function.Supplier;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;

/**
 * The rules of joined rows: a client without rows in a child table has nulls there, and any other client has none where
 * the child's declaration allows none; a client's only row, or its first one, has no other row beside it; and no row
 * comes before the earliest time.
 */
public record ClientRules(ClientTables tables) implements RowStructure {

    /** How many rows are asked for a missing value before the row is given up. */
    private static final int ATTEMPTS = 20;

    /**
     * Columns of two child tables are not paired, because their rows have nothing in common but the client. The other
     * row of a client is paired with the row it stands beside only: its marginals with all others are those of any row.
     * If rows are not ordered, two columns of it and the row have the same marginal either way.
     */
    @Override
    public boolean paired(int first, int second) {
        int child = child(second);
        if (child < 0 || second == tables.count(child)) {
            return !isOther(first);
        }
        if (isOther(second)) {
            boolean ofTheRow = child(first) == child && first != tables.count(child) && !isOther(first);
            return ofTheRow
                    && (tables.children().get(child).ordered()
                            || second - tables.other(child) >= first - tables.first(child));
        }
        return child(first) == child || child(first) < 0 || first == tables.count(child(first));
    }

    /** The child table that a column belongs to; -1 for a root column. */
    private int child(int column) {
        int child = tables.children().size() - 1;
        while (child >= 0 && column < tables.count(child)) {
            child--;
        }
        return child;
    }

    private boolean isOther(int column) {
        int child = child(column);
        return child >= 0 && column >= tables.other(child);
    }

    @Override
    public TableRow kept(TableRow row, Supplier<TableRow> others) {
        double[] codes = row.codes();
        for (int child = 0; child < tables.children().size(); child++) {
            keep(codes, child, others);
        }
        return new TableRow(codes);
    }

    private void keep(double[] codes, int child, Supplier<TableRow> others) {
        ChildTable table = tables.children().get(child);
        int count = tables.count(child);
        int first = tables.first(child);
        int other = tables.other(child);
        int width = table.schema().size();
        if (codes[count] == 0 || !filled(codes, first, table, others)) {
            codes[count] = 0;
            Arrays.fill(codes, first, other + width, TableRow.NULL);
            return;
        }
        boolean isFirst = table.ordered() && Double.isNaN(codes[other + table.orderColumn()]);
        if (codes[count] == 1 || isFirst || !filled(codes, other, table, others)) {
            Arrays.fill(codes, other, other + width, TableRow.NULL);
        } else if (table.ordered()) {
            int step = other + table.orderColumn();
            NumericColumn order = (NumericColumn) table.schema().columns().get(table.orderColumn());
            codes[step] = Math.min(codes[step], codes[first + table.orderColumn()] - order.min());
        }
    }

    /** Replaces nulls that the child's declaration does not allow; returns whether none is left. */
    private static boolean filled(double[] codes, int from, ChildTable table, Supplier<TableRow> others) {
        for (int c = 0; c < table.schema().size(); c++) {
            boolean required = !table.schema().columns().get(c).nullable();
            for (int attempt = 0; required && Double.isNaN(codes[from + c]); attempt++) {
                if (attempt == ATTEMPTS) {
                    return false;
                }
                codes[from + c] = others.get().code(from + c);
            }
        }
        return true;
    }
}

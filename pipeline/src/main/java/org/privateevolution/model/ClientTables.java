package org.privateevolution.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A root table with one row per client, and child tables with many. A client's rows are laid side by side in rows of
 * one <em>joined</em> table, in which they can be counted and estimated as the rows of any table. A joined row consists
 * of
 *
 * <ol>
 *   <li>the client's root columns,
 *   <li>for each child table, the number of the client's rows in it, then the columns of one of these rows, all null if
 *       there is none, then those of another of them, which shows how much the rows of one client resemble each other.
 *       If the rows are ordered, the other is the row before, all null for the first row, and in the place of the
 *       former value of the ordering column stands the step from it. If not, it is any other row, all null if there is
 *       none.
 * </ol>
 *
 * <p>A client has as many joined rows as it has rows in its longest child table, and at least one. Over its joined
 * rows, every row of that table stands in equally many; the rows of a shorter one stand in numbers that differ by at
 * most 1.
 */
public record ClientTables(TableSchema root, List<ChildTable> children) implements Serializable {

    private static final long serialVersionUID = 1L;

    public ClientTables {
        children = List.copyOf(children);
        if (children.isEmpty()) {
            throw new IllegalArgumentException("clients need at least one child table: declare one");
        }
        Set<String> names = new HashSet<>();
        for (ChildTable child : children) {
            // Their rows are written to folders of these names, which not all file systems tell apart by case.
            if (!names.add(child.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "two child tables are called " + child.name() + ": give each its own name");
            }
        }
    }

    /**
     * The joined table's columns. Those of a child carry its name in front and may be null.
     *
     * @throws IllegalArgumentException if two columns would have the same name
     */
    public TableSchema joined() {
        List<Column> columns = new ArrayList<>(root.columns());
        for (ChildTable child : children) {
            String prefix = child.name() + "_";
            columns.add(new NumericColumn(
                    prefix + "rows", ColumnType.of(ColumnType.Kind.INTEGER), 0, child.most(), false, false));
            child.schema().columns().forEach(column -> columns.add(nullable(column, prefix + column.name())));
            for (int i = 0; i < child.schema().size(); i++) {
                Column column = child.schema().columns().get(i);
                columns.add(
                        child.ordered() && i == child.orderColumn()
                                ? step((NumericColumn) column, prefix + column.name() + "_step")
                                : nullable(column, prefix + column.name() + (child.ordered() ? "_before" : "_other")));
            }
        }
        return new TableSchema(columns);
    }

    private static Column nullable(Column column, String name) {
        if (column instanceof CategoricalColumn categorical) {
            return new CategoricalColumn(name, categorical.type(), categorical.categories(), true, categorical.other());
        }
        NumericColumn numeric = (NumericColumn) column;
        return new NumericColumn(
                name,
                numeric.type(),
                numeric.min(),
                numeric.max(),
                true,
                numeric.clamp(),
                numeric.decimals(),
                numeric.special());
    }

    private static Column step(NumericColumn order, String name) {
        ColumnType.Kind kind = order.type().kind();
        boolean whole = kind.integral() || kind.temporal();
        return new NumericColumn(
                name,
                ColumnType.of(whole ? ColumnType.Kind.LONG : ColumnType.Kind.DOUBLE),
                0,
                order.max() - order.min(),
                true,
                false);
    }

    /** Index of the column with the number of rows of a child. */
    public int count(int child) {
        int index = root.size();
        for (int c = 0; c < child; c++) {
            index += children.get(c).width();
        }
        return index;
    }

    /** Index of the first column of a child's row. */
    public int first(int child) {
        return count(child) + 1;
    }

    /** Index of the first column of a child's other row. */
    public int other(int child) {
        return first(child) + children.get(child).schema().size();
    }

    /**
     * The joined rows of a client.
     *
     * @param own values of the root columns; further values are ignored
     * @param rows for each child, the client's rows, at most {@link ChildTable#most}, in their order, or in random
     *     order
     * @param turn any number at least 0: which rows of a shorter child stand in one joined row more than others
     */
    public List<TableRow> join(TableRow own, List<List<TableRow>> rows, int turn) {
        int length = Math.max(1, rows.stream().mapToInt(List::size).max().orElseThrow());
        List<TableRow> joined = new ArrayList<>(length);
        for (int t = 0; t < length; t++) {
            double[] codes = Arrays.copyOf(own.codes(), count(children.size()));
            for (int c = 0; c < children.size(); c++) {
                int size = rows.get(c).size();
                int row = (int) ((t + (long) turn) % length * size / length);
                lay(codes, c, rows.get(c), row);
            }
            joined.add(new TableRow(codes));
        }
        return joined;
    }

    private void lay(double[] codes, int child, List<TableRow> rows, int row) {
        ChildTable table = children.get(child);
        int width = table.schema().size();
        codes[count(child)] = rows.size();
        Arrays.fill(codes, first(child), count(child) + table.width(), TableRow.NULL);
        if (rows.isEmpty()) {
            return;
        }
        System.arraycopy(rows.get(row).codes(), 0, codes, first(child), width);
        int other = table.ordered() ? row - 1 : (row + rows.size() - 1) % rows.size();
        if (other >= 0 && other != row) {
            System.arraycopy(rows.get(other).codes(), 0, codes, other(child), width);
            if (table.ordered()) {
                int order = table.orderColumn();
                codes[other(child) + order] =
                        rows.get(row).code(order) - rows.get(other).code(order);
            }
        }
    }

    /** The root columns of a client. */
    public TableRow root(ClientRecord client) {
        return new TableRow(Arrays.copyOf(client.rows().get(0).codes(), root.size()));
    }

    /** The rows of a client in a child table, in their order. The client was joined with turn 0. */
    public List<TableRow> rows(ClientRecord client, int child) {
        List<TableRow> joined = client.rows();
        int size = (int) joined.get(0).code(count(child));
        List<TableRow> rows = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            // The first joined row in which row i stands.
            TableRow row = joined.get((i * joined.size() + size - 1) / size);
            rows.add(new TableRow(Arrays.copyOfRange(
                    row.codes(),
                    first(child),
                    first(child) + children.get(child).schema().size())));
        }
        return rows;
    }
}

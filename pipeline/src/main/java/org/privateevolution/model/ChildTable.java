package org.privateevolution.model;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A table with any number of rows per client.
 *
 * @param name public name; the published rows are in a folder of this name
 * @param location path or URI of the private rows; empty if they are the rows of the run's private data
 * @param format format of the files at the location; empty likewise
 * @param options passed to Spark's reader
 * @param key column of the private and of the published rows with the client that a row belongs to
 * @param schema columns that are learnt, without the key
 * @param generated columns that are made up for each row
 * @param most largest number of rows of a client that count, at least 1
 * @param order the column by which a client's rows are ordered; empty if their order has no meaning
 * @param constraints constraints that every row of the table obeys
 */
public record ChildTable(
        String name,
        String location,
        String format,
        Map<String, String> options,
        String key,
        TableSchema schema,
        GeneratedColumns generated,
        int most,
        String order,
        List<Constraint> constraints)
        implements Serializable {

    /** Far more rows of one client than any noise would let through. */
    public static final int MOST_ROWS = 1_000;

    private static final long serialVersionUID = 1L;

    public ChildTable {
        options = Map.copyOf(options);
        constraints = List.copyOf(constraints);
        if (most < 1) {
            throw new IllegalArgumentException("table '" + name + "': a client has at least 1 row that counts");
        }
        if (!order.isEmpty()) {
            requireOrder(schema, generated, order);
        }
    }

    private static void requireOrder(TableSchema schema, GeneratedColumns generated, String order) {
        if (generated.names().contains(order)) {
            throw new IllegalArgumentException(
                    "'" + order + "' cannot order rows: it is made up; name a column that is learnt");
        }
        Column column = schema.columns().get(index(schema, order));
        if (!(column instanceof NumericColumn) || column.nullable()) {
            throw new IllegalArgumentException("'" + order + "' cannot order rows: name a column of numbers, dates or"
                    + " timestamps that is not nullable");
        }
    }

    private static int index(TableSchema schema, String name) {
        for (int i = 0; i < schema.size(); i++) {
            if (schema.columns().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is not one of the table's columns: declare it there, too");
    }

    /** All declared columns, without the key, in order. */
    public List<DeclaredColumn> declared() {
        return generated.merge(schema.declared(), generated.columns());
    }

    /** The same table with its private rows in other files. */
    public ChildTable at(String place, String formatThere, Map<String, String> optionsThere) {
        return new ChildTable(name, place, formatThere, optionsThere, key, schema, generated, most, order, constraints);
    }

    /** Whether the rows are in files of their own. */
    public boolean isApart() {
        return !location.isEmpty();
    }

    /**
     * Where the private rows are, if they are in files of their own.
     *
     * @param root where the rows of clients are
     */
    public RunSpec.PrivateData source(RunSpec.PrivateData root) {
        return root.inFiles(format, location, options, key);
    }

    /** Whether the order of a client's rows has a meaning. */
    public boolean ordered() {
        return !order.isEmpty();
    }

    /** Index of the column by which rows are ordered. */
    public int orderColumn() {
        return index(schema, order);
    }

    /** Number of the child's columns in a joined row. */
    int width() {
        return 1 + 2 * schema.size();
    }
}

package org.privateevolution.model;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The declared feature columns of a table, in order, at least one. The label column is not among them. */
public record TableSchema(List<Column> columns) implements Serializable {

    private static final long serialVersionUID = 1L;

    public TableSchema {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a table needs at least one feature column: declare one");
        }
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException(
                        "column '" + column.name() + "' is declared twice: give each column once");
            }
        }
    }

    /** Number of columns. */
    public int size() {
        return columns.size();
    }

    /**
     * Refuses a row that does not conform to this schema.
     *
     * @throws IllegalArgumentException if the number of columns or a code does not fit; the message names the column,
     *     never the code
     */
    public void requireRow(TableRow row) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "a row has " + row.size() + " columns, but the schema declares " + columns.size());
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).holds(row.code(i))) {
                throw new IllegalArgumentException(
                        "column '" + columns.get(i).name() + "': a row holds a code outside the declared schema");
            }
        }
    }
}

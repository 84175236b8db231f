package org.privateevolution.model;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The declared feature columns of a table. The label columns are not among them.
 *
 * @param declared the columns as they are declared and published, in order, at least one
 * @param columns the columns of codes, in order: every declared column, with the parts of a set in its place
 */
public record TableSchema(List<LearntColumn> declared, List<Column> columns) implements Serializable {

    private static final long serialVersionUID = 1L;

    public TableSchema {
        declared = List.copyOf(declared);
        columns = List.copyOf(columns);
        if (declared.isEmpty()) {
            throw new IllegalArgumentException("a table needs at least one feature column: declare one");
        }
        if (!columns.equals(parts(declared))) {
            throw new IllegalArgumentException("the columns of codes are not those of the declared columns");
        }
        Set<String> names = new HashSet<>();
        requireDifferent(declared, names);
        for (LearntColumn column : declared) {
            if (column instanceof SetColumn set) {
                requireDifferent(set.parts(), names);
            }
        }
    }

    /** A table without sets. */
    public TableSchema(List<? extends Column> columns) {
        this(List.copyOf(columns), List.copyOf(columns));
    }

    /** A table of columns and sets. */
    public static TableSchema of(List<? extends LearntColumn> declared) {
        return new TableSchema(List.copyOf(declared), parts(declared));
    }

    private static List<Column> parts(List<? extends LearntColumn> declared) {
        return declared.stream().flatMap(column -> column.parts().stream()).toList();
    }

    private static void requireDifferent(List<? extends DeclaredColumn> columns, Set<String> names) {
        for (DeclaredColumn column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException(
                        "column '" + column.name() + "' is declared twice: give each column once");
            }
        }
    }

    /** Number of columns of codes. */
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

package org.privateevolution.discovery;

import java.io.Serializable;
import java.util.List;

/**
 * The columns that a discovery of clients counts, laid side by side as those of one record per client: the client's own
 * columns, then, for each child table, the number of the client's rows unless it is declared, and the columns of one of
 * these rows.
 *
 * @param root names of the clients' columns; empty if they are declared
 */
public record ClientColumns(List<String> root, List<Child> children) implements Serializable {

    /**
     * Numbers of rows count up to this public maximum: a client with more counts as one with so many.
     */
    public static final int MOST_COUNTED = 10_000;

    private static final long serialVersionUID = 1L;

    public ClientColumns {
        root = List.copyOf(root);
        children = List.copyOf(children);
    }

    /**
     * A child table.
     *
     * @param countsRows whether the number of a client's rows is counted
     * @param columns names of the columns; empty if they are declared
     */
    public record Child(String name, boolean countsRows, List<String> columns) implements Serializable {

        private static final long serialVersionUID = 1L;

        public Child {
            columns = List.copyOf(columns);
        }

        private int width() {
            return (countsRows ? 1 : 0) + columns.size();
        }
    }

    /** Number of columns of a record. */
    public int size() {
        return root.size() + children.stream().mapToInt(Child::width).sum();
    }

    /** Index of the number of rows in a child table, if it is counted. */
    public int rowsAt(int child) {
        return root.size()
                + children.subList(0, child).stream().mapToInt(Child::width).sum();
    }

    /** Index of the first column of a child table. */
    public int columnsAt(int child) {
        return rowsAt(child) + (children.get(child).countsRows() ? 1 : 0);
    }
}

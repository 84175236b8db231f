package org.privateevolution.model;

import java.util.List;

/** The declared feature columns of a table, in order. The label column is not among them. */
public record TableSchema(List<Column> columns) {
    public TableSchema {
        columns = List.copyOf(columns);
    }
}

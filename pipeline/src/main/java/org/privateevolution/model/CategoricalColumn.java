package org.privateevolution.model;

import java.util.List;

/**
 * A column with a declared list of values.
 *
 * @param categories their text forms, in code order
 * @param other the category that takes every undeclared value; null if such a value is an error
 */
public record CategoricalColumn(String name, ColumnType type, List<String> categories, boolean nullable, String other)
        implements Column {

    public CategoricalColumn {
        categories = List.copyOf(categories);
    }

    @Override
    public double encode(Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object decode(double code) {
        throw new UnsupportedOperationException();
    }
}

package org.privateevolution.model;

/**
 * A column of numbers, dates or timestamps with declared bounds.
 *
 * @param min smallest code, inclusive
 * @param max largest code, inclusive, greater than {@code min}
 * @param clamp whether a value out of bounds is moved to the bound; if not, it is an error
 */
public record NumericColumn(String name, ColumnType type, double min, double max, boolean nullable, boolean clamp)
        implements Column {

    @Override
    public double encode(Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object decode(double code) {
        throw new UnsupportedOperationException();
    }
}

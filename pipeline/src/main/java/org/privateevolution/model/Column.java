package org.privateevolution.model;

import java.util.List;

/**
 * A declared column that is learnt from the private table, with one code per value. The algorithm knows nothing else
 * about the column, and the whole declaration is public.
 */
public sealed interface Column extends LearntColumn permits CategoricalColumn, NumericColumn {

    ColumnType type();

    /**
     * Returns the code of a value; see {@link TableRow}.
     *
     * <p>An empty text is a null, unless it is a declared category of a string column. Blanks around the text form of a
     * value count in a string column, and are ignored in columns of any other type.
     *
     * @param value null, a value in the Java type that Spark uses for the column's type, or the text form of a value
     * @throws UndeclaredValueException if the declaration does not cover the value; the message names the column and
     *     what to change, never the value
     */
    double encode(Object value);

    /**
     * Returns the value of a code, in the Java type that Spark's Row uses for {@link #type()} in Spark's default
     * configuration; null for a null.
     *
     * <p>Dates are {@link java.sql.Date}, timestamps {@link java.sql.Timestamp}, timestamps without time zone
     * {@link java.time.LocalDateTime}, decimals {@link java.math.BigDecimal} with the declared scale.
     */
    Object decode(double code);

    /** Returns the text form of a code, which {@link #encode} can read; empty for a null. */
    String text(double code);

    /** Whether {@link #encode} can return {@code code}, that is, whether the code is within the declaration. */
    boolean holds(double code);

    @Override
    default List<Column> parts() {
        return List.of(this);
    }

    @Override
    default int width() {
        return 1;
    }

    @Override
    default void encode(Object value, double[] codes, int at) {
        codes[at] = encode(value);
    }

    @Override
    default Object decode(TableRow row, int at) {
        return decode(row.code(at));
    }

    @Override
    default boolean isNull(TableRow row, int at) {
        return Double.isNaN(row.code(at));
    }

    @Override
    default String text(TableRow row, int at) {
        return text(row.code(at));
    }
}

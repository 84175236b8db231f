package org.privateevolution.model;

import java.io.Serializable;

/** A declared column of a private table: everything the algorithm knows of it, and all of it public. */
public sealed interface Column extends DeclaredColumn, Serializable permits CategoricalColumn, NumericColumn {

    ColumnType type();

    /** Whether null is a value of its own; if not, a null in the private data is an error. */
    boolean nullable();

    /**
     * The code of a value; see {@link TableRow}.
     *
     * <p>An empty text is a null, unless it is a declared category of a string column. Blanks around the text form of a
     * string count, around that of any other type they do not.
     *
     * @param value null, or what Spark gives for the type, or its text form
     * @throws UndeclaredValueException if the declaration does not cover the value; the message names the column and
     *     what to change, never the value
     */
    double encode(Object value);

    /**
     * The value of a code, in the Java type that Spark's Row holds for {@link #type()} in Spark's default
     * configuration; null for a null.
     *
     * <p>Dates are {@link java.sql.Date}, timestamps {@link java.sql.Timestamp}, timestamps without time zone
     * {@link java.time.LocalDateTime}, decimals {@link java.math.BigDecimal} with the declared scale.
     */
    Object decode(double code);

    /** The text form of a code, which {@link #encode} reads; empty for a null. */
    String text(double code);

    /** Whether {@code code} is one that {@link #encode} can return: a code within the declaration. */
    boolean holds(double code);
}

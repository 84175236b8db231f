package org.privateevolution.model;

/** A declared column of a private table: everything the algorithm knows of it, and all of it public. */
public sealed interface Column permits CategoricalColumn, NumericColumn {

    String name();

    ColumnType type();

    /** Whether null is a value of its own; if not, a null in the private data is an error. */
    boolean nullable();

    /**
     * The code of a value; see {@link TableRow}.
     *
     * @param value null, or what Spark gives for the type, or its text form
     * @throws UndeclaredValueException if the declaration does not cover the value; the message names the column and
     *     what to change, never the value
     */
    double encode(Object value);

    /** The value of a code, in the Java type that Spark's Row holds for {@link #type()}; null for a null. */
    Object decode(double code);
}

package org.privateevolution.model;

/**
 * The declared type of a column.
 *
 * @param precision digits of a decimal, 1 to 38; 0 for every other kind
 * @param scale digits after the point of a decimal; 0 for every other kind
 */
public record ColumnType(Kind kind, int precision, int scale) {

    /** Spark's atomic types that tables have. */
    public enum Kind {
        STRING,
        BOOLEAN,
        BYTE,
        SHORT,
        INTEGER,
        LONG,
        FLOAT,
        DOUBLE,
        DECIMAL,
        DATE,
        TIMESTAMP,
        TIMESTAMP_NTZ
    }
}

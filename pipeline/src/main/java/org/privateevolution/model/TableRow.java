package org.privateevolution.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * A row of a table as numbers: one code per column of its {@link TableSchema}, in the schema's order.
 *
 * <p>The code of a categorical value is the index of its category; of a number, the number; of a date, its epoch day;
 * of a timestamp, its epoch microseconds. Null is {@link #NULL}.
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record TableRow(double[] codes) implements Payload {

    /** The code of a null, in a column of any type. */
    public static final double NULL = Double.NaN;

    public TableRow {
        codes = codes.clone();
    }

    @Override
    public double[] codes() {
        return codes.clone();
    }

    @Override
    public Optional<TableRow> row() {
        return Optional.of(this);
    }

    /** Returns the code of the column at {@code index}. */
    public double code(int index) {
        return codes[index];
    }

    /** Number of columns. */
    public int size() {
        return codes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableRow row && Arrays.equals(codes, row.codes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(codes);
    }

    @Override
    public String toString() {
        return "TableRow[" + codes.length + " columns]";
    }
}

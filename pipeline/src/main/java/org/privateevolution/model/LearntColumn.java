package org.privateevolution.model;

import java.io.Serializable;
import java.util.List;

/**
 * A declared column that is learnt from the private table. Its value takes one code or several: a {@link Column} takes
 * one, a {@link SetColumn} takes one per member.
 */
public sealed interface LearntColumn extends DeclaredColumn, Serializable permits Column, SetColumn {

    /** The columns that are learnt, in order. */
    static List<LearntColumn> among(List<? extends DeclaredColumn> declared) {
        return declared.stream()
                .filter(LearntColumn.class::isInstance)
                .map(LearntColumn.class::cast)
                .toList();
    }

    /** Whether null is a value of the column; otherwise a null in the private data is an error. */
    boolean nullable();

    /** The columns of the codes, in order, at least one. */
    List<Column> parts();

    /** Number of codes of a value, which is the number of {@link #parts}. */
    int width();

    /**
     * Writes the codes of a value, one for each of {@link #parts}.
     *
     * @param value as {@link Column#encode(Object)} takes it; for a set, null or a collection of strings
     * @param codes receives the codes from {@code at} on
     * @throws UndeclaredValueException if the declaration does not cover the value; the message names the column and
     *     what to change, never the value
     */
    void encode(Object value, double[] codes, int at);

    /** Returns the value of the codes from {@code at} on: as {@link Column#decode(double)}, or a list of strings. */
    Object decode(TableRow row, int at);

    /** Whether the codes from {@code at} on stand for a null. */
    boolean isNull(TableRow row, int at);

    /** Returns the value of the codes from {@code at} on as people read it; empty for a null. */
    String text(TableRow row, int at);
}

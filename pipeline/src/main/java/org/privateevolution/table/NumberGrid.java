package org.privateevolution.table;

import org.privateevolution.model.NumericColumn;

/**
 * The values of a numeric column between its bounds, in order.
 *
 * @param values number of values; 0 if the column is practically continuous
 */
record NumberGrid(NumericColumn column, long values) {

    /**
     * A grid with more values than this is treated as continuous; products of smaller numbers of values with a number
     * of cells fit into a long.
     */
    private static final double MOST_VALUES = 0x1p50;

    static NumberGrid of(NumericColumn column) {
        double range = column.max() - column.min();
        if (range == 0) {
            return new NumberGrid(column, 1);
        }
        double onGrid = Math.rint(range / column.step()) + 1;
        return new NumberGrid(column, onGrid <= MOST_VALUES ? (long) onGrid : 0);
    }

    boolean isContinuous() {
        return values == 0;
    }

    /** Number of cells of equal width. */
    int cells(int most) {
        return isContinuous() ? most : (int) Math.min(most, values);
    }

    boolean hasOneValueACell(int cells) {
        return cells == values;
    }

    /** The code at which a cell starts, of {@code cells} cells of equal width. */
    double code(int cell, int cells) {
        return isContinuous() ? place(cell / (double) cells) : code((cell * values + cells - 1) / cells);
    }

    /** Index of a value, from 0. */
    long index(double code) {
        return Math.round(column.position(code) * (values - 1));
    }

    double code(long index) {
        return place(values == 1 ? 0 : index / (double) (values - 1));
    }

    private double place(double position) {
        return column.round(column.min() + position * (column.max() - column.min()));
    }
}

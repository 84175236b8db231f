package org.privateevolution.table;

import org.privateevolution.model.NumericColumn;

/**
 * The values of a numeric column between its bounds, in order.
 *
 * @param values how many there are; 0 where they are as good as continuous
 */
record NumberGrid(NumericColumn column, long values) {

    /** With more values than this a grid is as good as continuous, and products with a number of cells still fit into a long. */
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

    /** How many cells of equal width there are. */
    int cells(int most) {
        return isContinuous() ? most : (int) Math.min(most, values);
    }

    boolean hasOneValueACell(int cells) {
        return cells == values;
    }

    /** Where one of so many cells of equal width starts. */
    double code(int cell, int cells) {
        return isContinuous() ? place(cell / (double) cells) : code((cell * values + cells - 1) / cells);
    }

    /** Number of a value, from 0. */
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

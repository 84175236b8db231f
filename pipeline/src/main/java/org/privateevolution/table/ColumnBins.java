package org.privateevolution.table;

import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.NumericColumn;

/**
 * A public partition of a column's values into cells. First come the ordered cells, whose values follow each other;
 * then cells of single values that have no neighbours, such as categories and spikes; last a cell for nulls, if the
 * column has them.
 */
public sealed interface ColumnBins permits CategoryBins, NumberBins {

    /** Number of cells. */
    int count();

    /** Number of ordered cells, which come before all others. */
    int ordered();

    /** Cell of a code of the column. */
    int bin(double code);

    /**
     * The position of a code among the values of its cell, in their order: at least 0, less than 1.
     *
     * @param code a code of the column, not null
     */
    double fraction(double code);

    /**
     * The code at a position among the values of a cell.
     *
     * @param fraction position, at least 0, less than 1
     */
    double code(int bin, double fraction);

    /** Share of the column's values that a cell is assumed to hold while nothing is known of them. */
    double naturalShare(int cell);

    /** Describes the content of a cell. */
    String text(int bin);

    /**
     * One cell per category of a categorical column, or at most {@code bins} cells of equal width for a numeric column;
     * nulls have one more cell.
     */
    static ColumnBins of(Column column, int bins) {
        return column instanceof CategoricalColumn categorical
                ? new CategoryBins(categorical)
                : new NumberBins((NumericColumn) column, bins);
    }

    /**
     * One cell per category of a categorical column, or the given cells for a numeric column; nulls have one more cell.
     */
    static ColumnBins of(Column column, NumberCells numbers) {
        return column instanceof CategoricalColumn categorical
                ? new CategoryBins(categorical)
                : new NumberBins((NumericColumn) column, numbers);
    }
}

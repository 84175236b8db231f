package org.privateevolution.table;

import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.NumericColumn;

/**
 * A public partition of a column's values into cells. Those whose values lie in order come first; cells of single values that
 * have no neighbours, as categories and spikes, follow; the last one is for nulls, if the column has them.
 */
public sealed interface ColumnBins permits CategoryBins, NumberBins {

    /** Number of cells. */
    int count();

    /** Number of cells that lie in order: they come before all others. */
    int ordered();

    /** Cell of a code of the column. */
    int bin(double code);

    /**
     * How far through the values of its cell a code lies, in their order: at least 0, below 1.
     *
     * @param code a code of the column, not null
     */
    double fraction(double code);

    /**
     * The code that lies so far through the values of a cell.
     *
     * @param fraction at least 0, below 1
     */
    double code(int bin, double fraction);

    /** Share of the column's values that a cell holds, if nothing is known of them. */
    double naturalShare(int cell);

    /** What a cell holds. */
    String text(int bin);

    /** One cell a category, or at most {@code bins} of equal width for a numeric column; nulls have one more. */
    static ColumnBins of(Column column, int bins) {
        return column instanceof CategoricalColumn categorical
                ? new CategoryBins(categorical)
                : new NumberBins((NumericColumn) column, bins);
    }

    /** The same, with a numeric column's cells as given. */
    static ColumnBins of(Column column, NumberCells numbers) {
        return column instanceof CategoricalColumn categorical
                ? new CategoryBins(categorical)
                : new NumberBins((NumericColumn) column, numbers);
    }
}

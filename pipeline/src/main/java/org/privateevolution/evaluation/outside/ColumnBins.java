package org.privateevolution.evaluation.outside;

import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.NumericColumn;

/** The cells of a column's marginal; the last one is for nulls, if the column has them. */
sealed interface ColumnBins permits CategoryBins, NumberBins {

    /** Number of cells. */
    int count();

    /** Cell of a code of the column. */
    int bin(double code);

    /** What a cell holds. */
    String text(int bin);

    /** One cell a category, or at most {@code bins} for a numeric column; nulls have one more. */
    static ColumnBins of(Column column, int bins) {
        return column instanceof CategoricalColumn categorical
                ? new CategoryBins(categorical)
                : new NumberBins((NumericColumn) column, bins);
    }
}

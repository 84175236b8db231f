package org.privateevolution.evaluation.outside;

import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.MarginalComparison;

/** One cell a category. */
record CategoryBins(CategoricalColumn column) implements ColumnBins {

    @Override
    public int count() {
        return categories() + (column.nullable() ? 1 : 0);
    }

    @Override
    public int bin(double code) {
        return Double.isNaN(code) ? categories() : (int) code;
    }

    @Override
    public String text(int bin) {
        return bin == categories()
                ? MarginalComparison.NULL_CELL
                : column.categories().get(bin);
    }

    private int categories() {
        return column.categories().size();
    }
}

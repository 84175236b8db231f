package org.privateevolution.table;

import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.TableRow;

/** One cell per category. */
record CategoryBins(CategoricalColumn column) implements ColumnBins {

    @Override
    public int count() {
        return categories() + (column.nullable() ? 1 : 0);
    }

    @Override
    public int ordered() {
        return 0;
    }

    @Override
    public int bin(double code) {
        return Double.isNaN(code) ? categories() : (int) code;
    }

    @Override
    public double fraction(double code) {
        return 0;
    }

    @Override
    public double code(int bin, double fraction) {
        return bin == categories() ? TableRow.NULL : bin;
    }

    @Override
    public double naturalShare(int cell) {
        return 1.0 / count();
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

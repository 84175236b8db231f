package org.privateevolution.evaluation;

import java.util.Arrays;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.table.ColumnBins;

/**
 * Measures how strongly two columns are associated, from the weights of their joint cells: Pearson's correlation of two
 * numeric columns (-1 to 1, cells of nulls left out), Cramér's V of two categorical columns (0 to 1, nulls are a
 * category), and the correlation ratio eta of a numeric and a categorical column (0 to 1). A number is represented by
 * the middle of its cell. 0 if a column is constant.
 */
public record PairAssociation(Side first, Side second) {

    /** A smaller variance is the rounding error of a constant. */
    private static final double NO_VARIANCE = 1e-12;

    /**
     * The cells of a column.
     *
     * @param numbers middle of each cell, NaN for the cell of nulls; null for a categorical column
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Side(int cells, double[] numbers) {

        public static Side ofCategories(int cells) {
            return new Side(cells, null);
        }

        static Side of(Column column, ColumnBins bins) {
            double[] numbers = null;
            if (!(column instanceof CategoricalColumn)) {
                numbers = new double[bins.count()];
                Arrays.setAll(numbers, cell -> bins.code(cell, 0.5));
            }
            return new Side(bins.count(), numbers);
        }

        boolean isNumber() {
            return numbers != null;
        }
    }

    /** The association of two columns that are cut into cells. */
    public static PairAssociation of(Column first, ColumnBins firstBins, Column second, ColumnBins secondBins) {
        return new PairAssociation(Side.of(first, firstBins), Side.of(second, secondBins));
    }

    /** The association of a column that is cut into cells and a categorical one. */
    public static PairAssociation of(Column first, ColumnBins firstBins, int categories) {
        return new PairAssociation(Side.of(first, firstBins), Side.ofCategories(categories));
    }

    /**
     * Computes the association.
     *
     * @param weights of the cells, row-major with the second column varying fastest; not negative
     */
    public double of(double[] weights) {
        if (first.isNumber() && second.isNumber()) {
            return pearson(weights);
        }
        if (!first.isNumber() && !second.isNumber()) {
            return CramersV.of(weights, first.cells(), second.cells());
        }
        return correlationRatio(weights);
    }

    private double pearson(double[] weights) {
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        double xScale = scale(first);
        double yScale = scale(second);
        for (int i = 0; i < first.cells(); i++) {
            for (int j = 0; j < second.cells(); j++) {
                double weight = weights[i * second.cells() + j];
                double a = first.numbers()[i] * xScale;
                double b = second.numbers()[j] * yScale;
                if (weight > 0 && !Double.isNaN(a + b)) {
                    n += weight;
                    double fromX = a - x;
                    double fromY = b - y;
                    x += weight / n * fromX;
                    y += weight / n * fromY;
                    xx += weight * fromX * (a - x);
                    yy += weight * fromY * (b - y);
                    xy += weight * fromX * (b - y);
                }
            }
        }
        return !(xx > NO_VARIANCE * n) || !(yy > NO_VARIANCE * n)
                ? 0
                : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
    }

    /** The square root of the share of the variance that lies between the categories. */
    private double correlationRatio(double[] weights) {
        Side number = first.isNumber() ? first : second;
        int categories = (first.isNumber() ? second : first).cells();
        double scale = scale(number);
        double[] totals = new double[categories];
        double[] means = new double[categories];
        double n = 0;
        double mean = 0;
        double squares = 0;
        for (int category = 0; category < categories; category++) {
            for (int cell = 0; cell < number.cells(); cell++) {
                double weight =
                        weights[first.isNumber() ? cell * categories + category : category * number.cells() + cell];
                double value = number.numbers()[cell] * scale;
                if (weight > 0 && !Double.isNaN(value)) {
                    n += weight;
                    totals[category] += weight;
                    means[category] += weight / totals[category] * (value - means[category]);
                    double from = value - mean;
                    mean += weight / n * from;
                    squares += weight * from * (value - mean);
                }
            }
        }
        double between = 0;
        for (int category = 0; category < categories; category++) {
            between += totals[category] * (means[category] - mean) * (means[category] - mean);
        }
        return !(squares > NO_VARIANCE * n) ? 0 : Math.sqrt(Math.max(0, Math.min(1, between / squares)));
    }

    /** A factor that brings numbers of any size near 1. */
    private static double scale(Side side) {
        double most = Arrays.stream(side.numbers())
                .filter(number -> !Double.isNaN(number))
                .max()
                .orElse(0);
        double least = Arrays.stream(side.numbers())
                .filter(number -> !Double.isNaN(number))
                .min()
                .orElse(0);
        return most > least ? 1 / (most - least) : 1;
    }
}

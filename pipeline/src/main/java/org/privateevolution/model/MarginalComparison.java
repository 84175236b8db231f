package org.privateevolution.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares the marginals of a private and a synthetic table. The comparison uses the private data and lies OUTSIDE the
 * guarantee. Every figure is a share or a distance, 0 to 1.
 *
 * @param columns in the order of the schema
 * @param labels in index order
 * @param labelTotalVariation total variation distance of the labels
 * @param pairs number of pairs of columns that {@code twoWay} averages; if there are several labels, the label counts
 *     as one more column
 * @param pairsLeftOut number of pairs that were not compared because they have too many cells
 * @param oneWay total variation distance of one column, averaged over the columns
 * @param twoWay total variation distance of two columns jointly, averaged over the pairs; empty if there are none
 */
public record MarginalComparison(
        List<ColumnMarginal> columns,
        List<LabelMarginal> labels,
        double labelTotalVariation,
        int pairs,
        int pairsLeftOut,
        double oneWay,
        OptionalDouble twoWay) {

    /** Text of the cell for a column's nulls. */
    public static final String NULL_CELL = "(null)";

    public MarginalComparison {
        columns = List.copyOf(columns);
        labels = List.copyOf(labels);
    }

    /**
     * The marginals of one column.
     *
     * @param cells the categories in code order, or the bins between the declared bounds in ascending order; then a
     *     cell for nulls if the column is nullable
     * @param totalVariation half the sum of the absolute differences of the cells
     * @param numbers empty for a categorical column
     */
    public record ColumnMarginal(String column, List<Cell> cells, double totalVariation, Optional<Numbers> numbers) {
        public ColumnMarginal {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Additional figures of a numeric column.
     *
     * @param min text form of the lower bound
     * @param max text form of the upper bound
     * @param wasserstein Wasserstein distance between the values that are not null, with the bounds scaled to [0, 1]
     */
    public record Numbers(String min, String max, double wasserstein) {}

    /**
     * A category or bin.
     *
     * @param text description for people; programs cannot parse it
     * @param real share of the private rows in the cell
     * @param synthetic share of the synthetic rows in the cell
     */
    public record Cell(String text, double real, double synthetic) {}

    /**
     * The figures of one label.
     *
     * @param real share of the private rows with the label
     * @param synthetic share of the synthetic rows with the label
     * @param oneWay {@link MarginalComparison#oneWay()} among the rows with the label
     */
    public record LabelMarginal(String label, double real, double synthetic, double oneWay) {}
}

package org.privateevolution.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The marginals of a private and a synthetic table side by side. It is drawn from the private data and lies OUTSIDE the
 * guarantee. Every figure is a share or a distance, 0 to 1.
 *
 * @param columns in the order of the schema
 * @param labels in index order
 * @param labelTotalVariation total variation distance of the labels
 * @param pairs number of pairs of columns that {@code twoWay} averages; with several labels, the label is one more
 *     column of them
 * @param pairsLeftOut number of pairs that have too many cells to be counted
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

    /** What the cell of a column's nulls holds. */
    public static final String NULL_CELL = "(null)";

    public MarginalComparison {
        columns = List.copyOf(columns);
        labels = List.copyOf(labels);
    }

    /**
     * One column.
     *
     * @param cells its categories in code order, or the bins of its declared bounds in ascending order; last a cell for
     *     nulls, if they are declared
     * @param totalVariation half the sum of the absolute differences of the cells
     * @param numbers empty for a categorical column
     */
    public record ColumnMarginal(String column, List<Cell> cells, double totalVariation, Optional<Numbers> numbers) {
        public ColumnMarginal {
            cells = List.copyOf(cells);
        }
    }

    /**
     * What only a numeric column has.
     *
     * @param min text form of its lower bound
     * @param max text form of its upper bound
     * @param wasserstein distance between the values that are not null, with the bounds scaled to [0, 1]
     */
    public record Numbers(String min, String max, double wasserstein) {}

    /**
     * One category or bin.
     *
     * @param text what it holds, readable, not parseable
     * @param real share of the private rows in it
     * @param synthetic share of the synthetic rows in it
     */
    public record Cell(String text, double real, double synthetic) {}

    /**
     * One label.
     *
     * @param real share of the private rows that have it
     * @param synthetic share of the synthetic rows that have it
     * @param oneWay {@link MarginalComparison#oneWay()} of the rows that have it
     */
    public record LabelMarginal(String label, double real, double synthetic, double oneWay) {}
}

package org.privateevolution.table;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.privateevolution.model.NumericColumn;

/**
 * How a numeric column is cut into cells.
 *
 * @param starts codes at which its ordered cells start, ascending, the first at the lower bound; empty for a column of
 *     categories
 * @param spikes codes that have cells of their own, and then lie in no other cell
 */
public record NumberCells(List<Double> starts, List<Double> spikes) implements Serializable {

    /** The cells of a column of categories. */
    public static final NumberCells NONE = new NumberCells(List.of(), List.of());

    private static final long serialVersionUID = 1L;

    /**
     * How often the cell next to an {@link #anchors anchor} is halved: enough to tell numbers of 1 apart in a range of
     * 80,000.
     */
    private static final int HALVINGS = 12;

    public NumberCells {
        starts = List.copyOf(starts);
        spikes = List.copyOf(spikes);
    }

    /**
     * Cells of equal width, without spikes. On a grid, each has the same number of values, give or take one, and there
     * are never more cells than values.
     */
    public static NumberCells even(NumericColumn column, int most) {
        return new NumberCells(evenStarts(column, most), List.of());
    }

    /**
     * Cells for numbers whose distribution is unknown. Of the cells of equal width, those next to 0 and to the bounds
     * are halved towards these values again and again, because skewed numbers lie close to one of them; 0, the bounds
     * and declared special values, at which numbers pile up, have a cell each. If every value has a cell of its own
     * already, nothing is added.
     */
    public static NumberCells fine(NumericColumn column, int most) {
        NumberGrid grid = NumberGrid.of(column);
        List<Double> even = evenStarts(column, most);
        if (grid.hasOneValueACell(even.size())) {
            return new NumberCells(even, List.of());
        }
        SortedSet<Double> starts = new TreeSet<>(coarseStarts(column, most));
        double width = (column.max() - column.min()) / most;
        for (double anchor : anchors(column)) {
            double reach = width;
            for (int n = 0; n < HALVINGS && reach > column.step(); n++) {
                reach /= 2;
                for (double start : new double[] {anchor - reach, anchor + reach}) {
                    if (start > column.min() && start < column.max()) {
                        starts.add(column.round(start));
                    }
                }
            }
        }
        return new NumberCells(withoutLast(column, starts), spikes(column));
    }

    /** Cells of equal width, cut once more at each anchor within a cell. */
    static List<Double> coarseStarts(NumericColumn column, int most) {
        SortedSet<Double> starts = new TreeSet<>(evenStarts(column, most));
        starts.addAll(anchors(column));
        return withoutLast(column, starts);
    }

    /** The starts without a last cell that would hold the upper bound alone. */
    static List<Double> withoutLast(NumericColumn column, Collection<Double> starts) {
        return starts.stream().filter(start -> start < column.max()).toList();
    }

    private static List<Double> evenStarts(NumericColumn column, int most) {
        NumberGrid grid = NumberGrid.of(column);
        int cells = grid.cells(most);
        return IntStream.range(0, cells)
                .mapToObj(cell -> grid.code(cell, cells))
                .distinct()
                .toList();
    }

    private static List<Double> spikes(NumericColumn column) {
        return Stream.concat(anchors(column).stream(), column.special().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Values that numbers are likely to lie close to, or pile up at, judged without seeing any: 0 and the declared
     * bounds.
     */
    private static List<Double> anchors(NumericColumn column) {
        return DoubleStream.of(0, column.min(), column.max())
                .filter(column::holds)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }
}

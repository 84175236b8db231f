package org.privateevolution.evolution;

import java.util.Arrays;
import java.util.List;
import org.privateevolution.table.NumberBins;
import org.privateevolution.table.TableBins;

/**
 * Keeps the shape of the tails in which no count rises above its noise. Each pool is drawn from the weights of the one
 * before it. What noise moved outwards in the tail of one pool would be the starting point of the next, and after many
 * pools the tail would be as heavy as its noise allows.
 *
 * @param tails of each column; a category has none
 * @param spikes of each column: the codes that are more frequent than the codes around them, and so in no tail
 */
record TailShapes(TableBins bins, List<List<EmptyTail>> tails, List<List<Double>> spikes) {

    /**
     * The prior weights of a pool's rows: 1, times the ratio of the tail's density to the density with which the pool
     * was drawn for each column in whose tail the row lies.
     */
    double[] prior(RowPool pool) {
        double[] prior = new double[pool.size()];
        Arrays.fill(prior, 1);
        for (int column = 0; column < tails.size(); column++) {
            for (EmptyTail tail : tails.get(column)) {
                int[] cellOf = cells(pool, column);
                for (int first = 0; first < pool.size(); first = pool.endOfLabel(first)) {
                    shape(tail, cellOf, first, pool.endOfLabel(first), prior);
                }
            }
        }
        return prior;
    }

    /** The ordered cell of each row; a cell beyond them for a spike or a null. */
    private int[] cells(RowPool pool, int column) {
        NumberBins numbers = (NumberBins) bins.column(column);
        int[] cellOf = new int[pool.size()];
        for (int i = 0; i < cellOf.length; i++) {
            double code = pool.embeddedRow(i).code(column);
            int bin = numbers.bin(code);
            boolean alone = Double.isNaN(code)
                    || (bin >= numbers.ordered()
                            && spikes.get(column).contains(numbers.spikes().get(bin - numbers.ordered())));
            cellOf[i] = alone ? bin : numbers.around(code);
        }
        return cellOf;
    }

    private static void shape(EmptyTail tail, int[] cellOf, int first, int end, double[] prior) {
        int[] points = new int[tail.shares().length];
        int all = 0;
        for (int i = first; i < end; i++) {
            if (tail.holds(cellOf[i])) {
                points[cellOf[i] - tail.from()]++;
                all++;
            }
        }
        for (int i = first; i < end; i++) {
            if (tail.holds(cellOf[i])) {
                int cell = cellOf[i] - tail.from();
                prior[i] *= tail.shares()[cell] * all / points[cell];
            }
        }
    }
}

package org.privateevolution.table;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;

/**
 * RANDOM_API and VARIATION_API of a table whose marginals are known: rows are drawn column by column from distributions
 * over the columns' cells, and numbers are moved along the ranks of their distribution. A value that many records share
 * is therefore hit as often as it occurs, gaps are never hit, and bounds that were declared too wide do no harm.
 */
public final class MarginalSampler {

    /**
     * The distribution of one column.
     *
     * @param ordered cumulative shares of the ordered cells among each other, up to 1
     * @param single cumulative shares of all other cells, up to their share of the whole
     */
    private record Ranks(ColumnBins bins, double[] ordered, double[] single) {

        double draw(RandomGenerator random) {
            double place = random.nextDouble();
            return place < unordered() ? single(place) : at(random.nextDouble());
        }

        private double unordered() {
            return single[single.length - 1];
        }

        /** The value of the single cell at a position below the single cells' share. */
        private double single(double place) {
            return bins.code(bins.ordered() + cell(single, place), 0);
        }

        /** The value at a rank, from 0 to 1, among the ordered cells. */
        private double at(double rank) {
            int cell = cell(ordered, rank);
            double share = ordered[cell + 1] - ordered[cell];
            double fraction = share > 0 ? (rank - ordered[cell]) / share : 0.5;
            return bins.code(cell, Math.max(0, Math.min(Math.nextDown(1.0), fraction)));
        }

        /** The cell at a position; never a cell without a share. */
        private static int cell(double[] cumulative, double place) {
            int cell = Arrays.binarySearch(cumulative, place);
            cell = cell < 0 ? -cell - 2 : cell;
            while (cell < cumulative.length - 2 && cumulative[cell + 1] <= place) {
                cell++;
            }
            return Math.max(0, Math.min(cumulative.length - 2, cell));
        }

        double varied(double code, double degree, RandomGenerator random) {
            int cell = bins.bin(code);
            boolean single = cell >= bins.ordered();
            if ((single || unordered() > 0) && random.nextDouble() < degree) {
                double place = random.nextDouble();
                if (place < unordered()) {
                    return single(place);
                }
                if (single) {
                    return at(random.nextDouble());
                }
            }
            if (single) {
                return code;
            }
            double rank = ordered[cell] + bins.fraction(code) * (ordered[cell + 1] - ordered[cell]);
            return at(reflected(rank + (2 * random.nextDouble() - 1) * degree));
        }

        private static double reflected(double rank) {
            double inside = rank < 0 ? -rank : rank > 1 ? 2 - rank : rank;
            return Math.max(0, Math.min(Math.nextDown(1.0), inside));
        }
    }

    private final Ranks[] columns;

    /** @param shares for each column, the share of each of its cells: at least 0, with a sum above 0 */
    public MarginalSampler(TableBins bins, double[][] shares) {
        this.columns = new Ranks[bins.columns()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = ranks(bins.column(c), shares[c]);
        }
    }

    private static Ranks ranks(ColumnBins bins, double... shares) {
        double sum = Arrays.stream(shares).sum();
        if (shares.length != bins.count() || !(sum > 0) || Double.isInfinite(sum)) {
            throw new IllegalArgumentException(
                    "a column of " + bins.count() + " cells needs as many shares, with a sum above 0");
        }
        int ordered = bins.ordered();
        double inOrder = Arrays.stream(shares, 0, ordered).sum();
        double[] cumulative = new double[ordered + 1];
        for (int cell = 0; cell < ordered; cell++) {
            // If no ordered cell has a share, a request for an ordered value gets any.
            cumulative[cell + 1] = cumulative[cell] + (inOrder > 0 ? shares[cell] / inOrder : 1.0 / ordered);
        }
        double[] single = new double[shares.length - ordered + 1];
        for (int cell = ordered; cell < shares.length; cell++) {
            single[cell - ordered + 1] = single[cell - ordered] + shares[cell] / sum;
        }
        if (inOrder == 0) {
            single[single.length - 1] = 1;
        }
        return new Ranks(bins, cumulative, single);
    }

    /**
     * Cuts a numeric column into ordered cells of about equal shares.
     *
     * @param column index of a numeric column
     * @param most largest number of ordered cells; there are fewer where many numbers share a value
     * @param spikes codes that have cells of their own
     */
    public NumberCells evenlyFilled(int column, int most, List<Double> spikes) {
        Ranks ranks = columns[column];
        NumericColumn numeric = ((NumberBins) ranks.bins).numeric();
        List<Double> even = NumberCells.even(numeric, most).starts();
        if (NumberGrid.of(numeric).hasOneValueACell(even.size())) {
            return new NumberCells(even, spikes);
        }
        SortedSet<Double> starts = new TreeSet<>();
        starts.add(numeric.min());
        for (int cell = 1; cell < most; cell++) {
            starts.add(ranks.at(cell / (double) most));
        }
        return new NumberCells(NumberCells.withoutLast(numeric, starts), spikes);
    }

    /** Draws a row with independent columns. */
    public TableRow random(RandomGenerator random) {
        double[] codes = new double[columns.length];
        for (int c = 0; c < codes.length; c++) {
            codes[c] = columns[c].draw(random);
        }
        return new TableRow(codes);
    }

    /**
     * Varies a row: a category is drawn anew with the degree as its probability; a number moves by at most the degree
     * along the ranks of its column.
     *
     * @param degree 0 to 1
     */
    public TableRow varied(TableRow row, double degree, RandomGenerator random) {
        double[] codes = new double[columns.length];
        for (int c = 0; c < codes.length; c++) {
            codes[c] = columns[c].varied(row.code(c), degree, random);
        }
        return new TableRow(codes);
    }
}

package org.privateevolution.table;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.privateevolution.model.TableRow;

/**
 * RANDOM_API and VARIATION_API of a table whose marginals are known: rows are drawn column by column from distributions over
 * the columns' cells, and numbers are moved along the ranks of theirs. So a value that many records share is hit as often as it
 * occurs, a gap is never landed in, and bounds that were declared too wide do no harm.
 */
public final class MarginalSampler {

    /** Cumulative shares of one column: of its cells but the nulls', which are a share of their own. */
    private record Ranks(ColumnBins bins, double[] cumulative, double nulls) {

        double draw(RandomGenerator random) {
            return random.nextDouble() < nulls ? TableRow.NULL : at(random.nextDouble());
        }

        /** The value at a rank from 0 to 1. */
        double at(double rank) {
            int cell = Arrays.binarySearch(cumulative, rank);
            // Of cells without a share the search may hit any; the next one that has a share begins there.
            cell = cell < 0 ? -cell - 2 : cell;
            while (cell < cumulative.length - 2 && cumulative[cell + 1] <= rank) {
                cell++;
            }
            cell = Math.max(0, Math.min(cumulative.length - 2, cell));
            double share = cumulative[cell + 1] - cumulative[cell];
            double fraction = share > 0 ? (rank - cumulative[cell]) / share : 0.5;
            return bins.code(cell, Math.max(0, Math.min(Math.nextDown(1.0), fraction)));
        }

        double rank(double code) {
            int cell = bins.bin(code);
            return cumulative[cell] + bins.fraction(code) * (cumulative[cell + 1] - cumulative[cell]);
        }

        double varied(double code, double degree, RandomGenerator random) {
            boolean ordered = bins instanceof NumberBins;
            boolean redrawn = (!ordered || nulls > 0) && random.nextDouble() < degree;
            if (redrawn && (!ordered || random.nextDouble() < nulls)) {
                return ordered ? TableRow.NULL : draw(random);
            }
            if (Double.isNaN(code)) {
                return redrawn ? at(random.nextDouble()) : code;
            }
            return ordered ? at(reflected(rank(code) + (2 * random.nextDouble() - 1) * degree)) : code;
        }

        private static double reflected(double rank) {
            double inside = rank < 0 ? -rank : rank > 1 ? 2 - rank : rank;
            return Math.max(0, Math.min(Math.nextDown(1.0), inside));
        }
    }

    private final Ranks[] columns;

    /**
     * @param bins the fine cells of the columns
     * @param shares for each column the share of each of its fine cells, at least 0, with a sum above 0
     */
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
        boolean nullable = Double.isNaN(bins.code(shares.length - 1, 0));
        double nulls = nullable ? shares[shares.length - 1] / sum : 0;
        int cells = nullable ? shares.length - 1 : shares.length;
        double[] cumulative = new double[cells + 1];
        double values = sum - nulls * sum;
        for (int cell = 0; cell < cells; cell++) {
            // Only nulls: whoever asks for a value nevertheless gets any.
            double share = values > 0 ? shares[cell] / values : 1.0 / cells;
            cumulative[cell + 1] = cumulative[cell] + share;
        }
        return new Ranks(bins, cumulative, nulls);
    }

    /** A row with independent columns. */
    public TableRow random(RandomGenerator random) {
        double[] codes = new double[columns.length];
        for (int c = 0; c < codes.length; c++) {
            codes[c] = columns[c].draw(random);
        }
        return new TableRow(codes);
    }

    /**
     * A variation: a category is drawn anew with the degree as its probability; a number moves by at most the degree along the
     * ranks of its column.
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

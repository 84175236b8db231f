package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.table.NumberBins;

/**
 * The outermost cells of a numeric column, between a declared bound and the first cell inwards whose count rises above
 * its noise, if they are clearly less dense than that cell. Their records cannot be told from noise. Were each cell to
 * keep its own noise, a bound that was declared too wide would fill its range with values that no record has, as
 * weights cannot fall below 0. The density is therefore taken to halve with each step away from the last cell that
 * rises, a step being that cell's width.
 *
 * <p>No tail is assumed unless the cells between the tails clearly have many of the records. With few records, the only
 * cell that rises may be a narrow one that noise alone has raised, and all records would be taken to lie next to it.
 *
 * @param from first cell
 * @param to last cell
 * @param shares how the tail's records are spread over its cells; their sum is 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EmptyTail(int from, int to, double[] shares) {

    /** Smallest share of the records that the cells between the tails must have, less three standard deviations. */
    private static final double SMALLEST = 0.25;

    /**
     * Finds the tails at both bounds.
     *
     * @param rise a count that is above noise; that of k cells together is above noise from sqrt(k) times this on
     * @return none if no cell at all rises
     */
    static List<EmptyTail> of(NumberBins bins, double[] counts, double rise) {
        int last = bins.ordered() - 1;
        int lower = cells(counts, 0, 1, last + 1, rise);
        int upper = cells(counts, last, -1, last + 1, rise);
        List<EmptyTail> tails = new ArrayList<>();
        int risen = last - upper;
        if (lower <= risen && haveMany(counts, lower, risen, last, rise)) {
            if (isEmptier(bins, counts, 0, lower - 1, lower, rise)) {
                tails.add(of(bins, 0, lower - 1, lower));
            }
            if (isEmptier(bins, counts, risen + 1, last, risen, rise)) {
                tails.add(of(bins, risen + 1, last, risen));
            }
        }
        return tails;
    }

    /** The number of cells that do not rise, neither alone nor together with those farther out. */
    private static int cells(double[] counts, int outermost, int inwards, int ordered, double rise) {
        double together = 0;
        for (int n = 0; n < ordered; n++) {
            double count = counts[outermost + n * inwards];
            together += count;
            if (count > rise || together > rise * Math.sqrt(n + 1.0)) {
                return n;
            }
        }
        return ordered;
    }

    private static boolean haveMany(double[] counts, int from, int to, int last, double rise) {
        double all = Arrays.stream(counts, 0, last + 1).sum();
        return Arrays.stream(counts, from, to + 1).sum() - rise * Math.sqrt(to - from + 1.0) >= SMALLEST * all;
    }

    /** Whether cells have fewer records than they would have if they were as dense as the cell that rises. */
    private static boolean isEmptier(NumberBins bins, double[] counts, int from, int to, int risen, double rise) {
        double together = 0;
        double size = 0;
        for (int cell = from; cell <= to; cell++) {
            together += counts[cell];
            size += bins.naturalShare(cell) / bins.naturalShare(risen);
        }
        return size * counts[risen] - together > rise * Math.sqrt(to - from + 1 + size * size);
    }

    /** @param risen the cell that rises, next to the tail */
    private static EmptyTail of(NumberBins bins, int from, int to, int risen) {
        double[] shares = new double[to - from + 1];
        // Shares of the range and not of codes: the last of the values on a grid has no width in codes.
        double step = bins.naturalShare(risen);
        double away = 0;
        for (int i = 0; i < shares.length; i++) {
            int cell = risen < from ? from + i : to - i;
            double near = Math.pow(2, -away / step);
            away += bins.naturalShare(cell);
            shares[cell - from] = near - Math.pow(2, -away / step);
        }
        double sum = Arrays.stream(shares).sum();
        Arrays.setAll(shares, i -> shares[i] / sum);
        return new EmptyTail(from, to, shares);
    }

    boolean holds(int cell) {
        return cell >= from && cell <= to;
    }

    /** The factors of the cells' counts in the number of records of the tail that fits them best (least squares). */
    double[] weights() {
        double square = Arrays.stream(shares).map(share -> share * share).sum();
        return Arrays.stream(shares).map(share -> share / square).toArray();
    }

    /** Replaces the tail's counts by a tail of the same shape that fits them best, or by zero if that is negative. */
    void smooth(double[] counts, double[] smoothed) {
        double[] weights = weights();
        double size = 0;
        for (int i = 0; i < shares.length; i++) {
            size += weights[i] * counts[from + i];
        }
        for (int i = 0; i < shares.length; i++) {
            smoothed[from + i] = Math.max(0, size) * shares[i];
        }
    }
}

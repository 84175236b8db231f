package org.privateevolution.table;

import java.util.ArrayList;
import java.util.List;

/**
 * The cells of a release of marginals: the cells of several marginals, one after the other, each within each label. Every row
 * lies in exactly one cell of every marginal, so a row that gives 1/sqrt(marginals) to each of its cells gives a vector of L2
 * norm 1, whatever the row.
 */
public final class MarginalCells {

    /** Beyond it, a pair is left out: its cells would hold noise and nothing else. */
    private static final int MOST_CELLS = 1 << 14;

    /** A marginal of one column, of two, or with both -1 that of the labels alone. */
    private record Marginal(int first, int second, int cells, int offset) {}

    private static final int NONE = -1;

    private final TableBins bins;
    private final int labels;
    private final List<Marginal> marginals = new ArrayList<>();
    private int size;

    private MarginalCells(TableBins bins, int labels) {
        this.bins = bins;
        this.labels = labels;
    }

    /** Every column in fine cells, and the labels, if there are several. */
    public static MarginalCells ofColumns(TableBins bins, int labels) {
        MarginalCells cells = new MarginalCells(bins, labels);
        if (labels > 1) {
            cells.add(NONE, NONE, 1);
        }
        for (int c = 0; c < bins.columns(); c++) {
            cells.add(c, NONE, bins.column(c).count());
        }
        return cells;
    }

    /** Every pair of columns in coarse cells; may have none. */
    public static MarginalCells ofPairs(TableBins bins, int labels) {
        MarginalCells cells = new MarginalCells(bins, labels);
        for (int a = 0; a < bins.columns(); a++) {
            for (int b = a + 1; b < bins.columns(); b++) {
                long pair = (long) bins.coarseCount(a) * bins.coarseCount(b);
                if (pair * labels <= MOST_CELLS) {
                    cells.add(a, b, (int) pair);
                }
            }
        }
        return cells;
    }

    private void add(int first, int second, int cells) {
        marginals.add(new Marginal(first, second, cells, size));
        size = Math.addExact(size, Math.multiplyExact(cells, labels));
    }

    /** Number of cells, over all marginals and labels. */
    public int size() {
        return size;
    }

    /** Number of marginals, which is the number of cells that a row lies in. */
    public int marginals() {
        return marginals.size();
    }

    /**
     * The cells that a row lies in, in ascending order.
     *
     * @param label index of the row's label
     * @param columnCells the fine cell of each column, see {@link TableBins#cells}
     * @param into receives {@link #marginals()} cells from {@code at} on
     */
    public void cells(int label, int[] columnCells, int[] into, int at) {
        for (int m = 0; m < marginals.size(); m++) {
            Marginal marginal = marginals.get(m);
            into[at + m] = marginal.offset + label * marginal.cells + cell(marginal, columnCells);
        }
    }

    private int cell(Marginal marginal, int[] columnCells) {
        if (marginal.first == NONE) {
            return 0;
        }
        if (marginal.second == NONE) {
            return columnCells[marginal.first];
        }
        return bins.coarse(marginal.first, columnCells[marginal.first]) * bins.coarseCount(marginal.second)
                + bins.coarse(marginal.second, columnCells[marginal.second]);
    }

    /** Where the cells of a marginal start, over all labels. */
    public int offset(int marginal) {
        return marginals.get(marginal).offset;
    }

    /** Number of cells of a marginal, over all labels. */
    public int cells(int marginal) {
        return marginals.get(marginal).cells * labels;
    }

    /** The marginal of a column alone; only of {@link #ofColumns}. */
    public int marginalOf(int column) {
        return labels > 1 ? column + 1 : column;
    }
}

package org.privateevolution.table;

import java.util.List;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.MarginalQuery.Marginal;

/**
 * The cells of a release of marginals: the cells of one marginal after another and, within a marginal, of one label
 * after another. Every row lies in exactly one cell of every marginal, so a row that gives 1/sqrt(marginals) to each of
 * its cells gives a vector of L2 norm 1, whatever the row.
 */
public final class MarginalCells {

    private final TableBins bins;
    private final int labels;
    private final List<Marginal> marginals;
    /** Index of each marginal's first cell, followed by the number of cells. */
    private final int[] offsets;

    public MarginalCells(TableSchema schema, int labels, MarginalQuery query) {
        this.bins = new TableBins(schema, query.numbers());
        this.labels = labels;
        this.marginals = query.marginals();
        this.offsets = new int[marginals.size() + 1];
        for (int m = 0; m < marginals.size(); m++) {
            offsets[m + 1] = Math.toIntExact(offsets[m] + width(bins, marginals.get(m)) * labels);
        }
    }

    /** Number of cells of a marginal within one label. */
    public static long width(TableBins bins, Marginal marginal) {
        if (marginal.ofLabels()) {
            return 1;
        }
        long first = bins.column(marginal.first()).count();
        return marginal.ofOneColumn()
                ? first
                : first * bins.column(marginal.second()).count();
    }

    /** Number of cells, over all marginals and labels. */
    public int size() {
        return offsets[marginals.size()];
    }

    /** Number of marginals, which is the number of cells that a row lies in. */
    public int marginals() {
        return marginals.size();
    }

    /** The cells of single columns. */
    public TableBins bins() {
        return bins;
    }

    /**
     * The cells that a row lies in, in ascending order.
     *
     * @param label index of the row's label
     * @param into receives {@link #marginals()} cells
     */
    public void cells(int label, TableRow row, int[] into) {
        int[] columnCells = bins.cells(row);
        for (int m = 0; m < into.length; m++) {
            Marginal marginal = marginals.get(m);
            into[m] = offsets[m] + label * (cells(m) / labels) + cell(marginal, columnCells);
        }
    }

    private int cell(Marginal marginal, int[] columnCells) {
        if (marginal.ofLabels()) {
            return 0;
        }
        int first = columnCells[marginal.first()];
        return marginal.ofOneColumn()
                ? first
                : first * bins.column(marginal.second()).count() + columnCells[marginal.second()];
    }

    /** Index of a marginal's first cell. */
    public int offset(int marginal) {
        return offsets[marginal];
    }

    /** Number of cells of a marginal, over all labels. */
    public int cells(int marginal) {
        return offsets[marginal + 1] - offsets[marginal];
    }
}

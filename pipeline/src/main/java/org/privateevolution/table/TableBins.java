package org.privateevolution.table;

import java.util.List;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

/**
 * The cells of every column of a table: fine ones for the marginals of single columns, and coarse ones, unions of fine ones,
 * for those of pairs.
 */
public final class TableBins {

    /** Cells of a numeric column in its own marginal. */
    private static final int FINE = 20;
    /** Cells of a numeric column in the marginal of a pair; divides {@link #FINE}, so that coarse cells are unions. */
    private static final int COARSE = 10;

    private final List<ColumnBins> columns;
    /** The coarse cell of each fine one, column by column. */
    private final int[][] coarse;

    private final int[] coarseCounts;

    public TableBins(TableSchema schema) {
        this.columns = schema.columns().stream()
                .map(column -> ColumnBins.of(column, FINE))
                .toList();
        List<ColumnBins> wider = schema.columns().stream()
                .map(column -> ColumnBins.of(column, COARSE))
                .toList();
        this.coarse = new int[columns.size()][];
        this.coarseCounts = new int[columns.size()];
        for (int c = 0; c < coarse.length; c++) {
            coarseCounts[c] = wider.get(c).count();
            coarse[c] = new int[columns.get(c).count()];
            for (int cell = 0; cell < coarse[c].length; cell++) {
                coarse[c][cell] = wider.get(c).bin(columns.get(c).code(cell, 0.5));
            }
        }
    }

    /** Number of columns. */
    public int columns() {
        return columns.size();
    }

    /** The fine cells of a column. */
    public ColumnBins column(int column) {
        return columns.get(column);
    }

    /** Number of coarse cells of a column. */
    public int coarseCount(int column) {
        return coarseCounts[column];
    }

    /** The coarse cell that a fine one is part of. */
    public int coarse(int column, int fine) {
        return coarse[column][fine];
    }

    /** The fine cell of each column of a row. */
    public int[] cells(TableRow row) {
        int[] cells = new int[columns.size()];
        for (int c = 0; c < cells.length; c++) {
            cells[c] = columns.get(c).bin(row.code(c));
        }
        return cells;
    }
}

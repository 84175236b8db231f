package org.privateevolution.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one release of marginals counts: which columns and pairs of columns, each within each label, and the cells of
 * numeric columns. Chosen from public and released numbers only.
 *
 * @param numbers cells of each column; {@link NumberCells#NONE} for a column of categories
 * @param marginals at least one
 */
public record MarginalQuery(List<NumberCells> numbers, List<Marginal> marginals) implements Serializable {

    private static final long serialVersionUID = 1L;

    public MarginalQuery {
        numbers = List.copyOf(numbers);
        marginals = List.copyOf(marginals);
    }

    /**
     * The marginal of one column, of two, or of the labels alone.
     *
     * @param first index of a column, or {@link #NONE}
     * @param second index of another column, or {@link #NONE}
     */
    public record Marginal(int first, int second) implements Serializable {
        private static final long serialVersionUID = 1L;
        static final int NONE = -1;

        boolean ofLabels() {
            return first == NONE;
        }

        boolean ofOneColumn() {
            return second == NONE;
        }
    }

    /** Marginals of all single columns and, if there are several labels, of the labels. */
    public static List<Marginal> columns(int columns, int labels) {
        List<Marginal> marginals = new ArrayList<>();
        if (labels > 1) {
            marginals.add(new Marginal(Marginal.NONE, Marginal.NONE));
        }
        for (int c = 0; c < columns; c++) {
            marginals.add(new Marginal(c, Marginal.NONE));
        }
        return marginals;
    }

    /** Marginals of all pairs of columns. */
    public static List<Marginal> pairs(int columns) {
        List<Marginal> pairs = new ArrayList<>();
        for (int a = 0; a < columns; a++) {
            for (int b = a + 1; b < columns; b++) {
                pairs.add(new Marginal(a, b));
            }
        }
        return pairs;
    }
}

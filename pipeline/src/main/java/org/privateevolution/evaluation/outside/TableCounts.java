package org.privateevolution.evaluation.outside;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.evaluation.CramersV;
import org.privateevolution.evaluation.outside.ComparedColumn.Categories;
import org.privateevolution.evaluation.outside.ComparedColumn.Numbers;
import org.privateevolution.evaluation.outside.CountLayout.Marginal;

/**
 * Exact counts of a table's marginals, and the sums needed for the associations of its columns, OUTSIDE the guarantee.
 * Counts of parts of the table can be merged. Not thread-safe.
 */
public final class TableCounts implements Serializable {

    private static final long serialVersionUID = 1L;

    private final CountLayout layout;

    private final long[] counts;
    /** Pair by pair, as the layout says. Values are first scaled by the real mean and deviation. */
    private final double[] sums;

    private long rows;

    /** Empty counts. */
    public TableCounts(CountLayout layout) {
        this.layout = layout;
        this.counts = new long[layout.size()];
        this.sums = new double[layout.sumOffset(layout.pairs().size())];
    }

    private boolean isNumbers(int column) {
        return layout.columns().get(column) instanceof Numbers;
    }

    /** Counts a row of codes. */
    public void add(double[] codes) {
        rows++;
        int[] pairCells = new int[layout.jointColumns()];
        int[] tripleCells = new int[layout.jointColumns()];
        for (int c = 0; c < layout.columns().size(); c++) {
            ComparedColumn column = layout.columns().get(c);
            Marginal single = layout.singles().get(c);
            int cell = column.cell(codes[c], single.most());
            counts[single.offset() + cell]++;
            if (c < pairCells.length) {
                pairCells[c] = column.cell(codes[c], layout.pairCategories());
                tripleCells[c] = column.cell(codes[c], CountLayout.CATEGORIES_OF_TRIPLES);
            }
        }
        List<Marginal> pairs = layout.pairs();
        for (int p = 0; p < pairs.size(); p++) {
            Marginal pair = pairs.get(p);
            int a = pair.columns()[0];
            int b = pair.columns()[1];
            counts[pair.offset() + pairCells[a] * pair.cells()[1] + pairCells[b]]++;
            addSums(p, a, b, codes, pairCells);
        }
        for (Marginal triple : layout.triples()) {
            int at = tripleCells[triple.columns()[0]];
            at = at * triple.cells()[1] + tripleCells[triple.columns()[1]];
            at = at * triple.cells()[2] + tripleCells[triple.columns()[2]];
            counts[triple.offset() + at]++;
        }
    }

    private void addSums(int pair, int a, int b, double[] codes, int[] pairCells) {
        int at = layout.sumOffset(pair);
        if (at == layout.sumOffset(pair + 1)) {
            return;
        }
        if (isNumbers(a) && isNumbers(b)) {
            if (Double.isNaN(codes[a]) || Double.isNaN(codes[b])) {
                return;
            }
            double x = scaled(a, codes[a]);
            double y = scaled(b, codes[b]);
            sums[at]++;
            sums[at + 1] += x;
            sums[at + 2] += y;
            sums[at + 3] += x * x;
            sums[at + 4] += y * y;
            sums[at + 5] += x * y;
            return;
        }
        int numbers = isNumbers(a) ? a : b;
        if (!Double.isNaN(codes[numbers])) {
            double x = scaled(numbers, codes[numbers]);
            int cell = at + CountLayout.MOMENTS * pairCells[numbers == a ? b : a];
            sums[cell]++;
            sums[cell + 1] += x;
            sums[cell + 2] += x * x;
        }
    }

    private double scaled(int column, double code) {
        Numbers numbers = (Numbers) layout.columns().get(column);
        return numbers.deviation() == 0 ? code - numbers.mean() : (code - numbers.mean()) / numbers.deviation();
    }

    /** Adds the counts of another part of the table with an equal layout. */
    public TableCounts merge(TableCounts other) {
        if (counts.length != other.counts.length || sums.length != other.sums.length) {
            throw new IllegalArgumentException("counts of different layouts cannot be put together");
        }
        rows += other.rows;
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
        return this;
    }

    public long rows() {
        return rows;
    }

    /** The count of one cell. */
    public long count(Marginal marginal, int cell) {
        return counts[marginal.offset() + cell];
    }

    /** Half the L1 distance between the two tables' distributions in a marginal: 0 to 1; 1 if only one has rows. */
    public double totalVariation(Marginal marginal, TableCounts other) {
        if (rows == 0 || other.rows == 0) {
            return rows == other.rows ? 0 : 1;
        }
        double sum = 0;
        for (int i = marginal.offset(); i < marginal.offset() + marginal.size(); i++) {
            sum += Math.abs(counts[i] / (double) rows - other.counts[i] / (double) other.rows);
        }
        return Math.min(1, sum / 2);
    }

    /**
     * Measures how strongly two columns are associated: Pearson's correlation of two numeric columns (-1 to 1, over the
     * rows that have both values), Cramér's V of two categorical columns (0 to 1, nulls are a category), and the
     * correlation ratio eta of a numeric and a categorical column (0 to 1). 0 if a column is constant.
     *
     * @param pair index in {@link CountLayout#pairs}
     */
    public double association(int pair) {
        Marginal marginal = layout.pairs().get(pair);
        ComparedColumn a = layout.columns().get(marginal.columns()[0]);
        ComparedColumn b = layout.columns().get(marginal.columns()[1]);
        int at = layout.sumOffset(pair);
        if (a instanceof Numbers && b instanceof Numbers) {
            return pearson(at);
        }
        if (a instanceof Categories && b instanceof Categories) {
            double[] table = new double[marginal.size()];
            Arrays.setAll(table, cell -> counts[marginal.offset() + cell]);
            return CramersV.of(table, marginal.cells()[0], marginal.cells()[1]);
        }
        return correlationRatio(at, marginal.cells()[a instanceof Numbers ? 1 : 0]);
    }

    private double pearson(int at) {
        double n = sums[at];
        double xx = sums[at + 3] - sums[at + 1] * sums[at + 1] / n;
        double yy = sums[at + 4] - sums[at + 2] * sums[at + 2] / n;
        double xy = sums[at + 5] - sums[at + 1] * sums[at + 2] / n;
        double scale = Math.sqrt(xx * yy);
        // A smaller variance is the rounding error of a constant.
        return n < 2 || !(xx > 1e-12 * n) || !(yy > 1e-12 * n) ? 0 : Math.max(-1, Math.min(1, xy / scale));
    }

    /** The square root of the share of the variance that lies between the categories. */
    private double correlationRatio(int at, int cells) {
        double n = 0;
        double sum = 0;
        double squares = 0;
        double between = 0;
        for (int cell = 0; cell < cells; cell++) {
            double count = sums[at + CountLayout.MOMENTS * cell];
            double x = sums[at + CountLayout.MOMENTS * cell + 1];
            n += count;
            sum += x;
            squares += sums[at + CountLayout.MOMENTS * cell + 2];
            between += count == 0 ? 0 : x * x / count;
        }
        double total = squares - sum * sum / n;
        return n < 2 || !(total > 1e-12 * n)
                ? 0
                : Math.sqrt(Math.max(0, Math.min(1, (between - sum * sum / n) / total)));
    }

    @Override
    public String toString() {
        return "TableCounts of " + rows + " rows";
    }
}

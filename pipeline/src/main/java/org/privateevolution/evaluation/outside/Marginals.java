package org.privateevolution.evaluation.outside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.privateevolution.evaluation.PairAssociation;
import org.privateevolution.evaluation.TableAssociations;
import org.privateevolution.model.Evaluation.Correlations;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Cell;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.MarginalComparison.LabelMarginal;
import org.privateevolution.model.MarginalComparison.Numbers;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.ColumnBins;
import org.privateevolution.table.NumberBins;

/**
 * Exact counts of a table's 1-way and 2-way marginals, OUTSIDE the guarantee. Each executor task counts its own rows.
 * The counts are then added, in any order, and only their sums reach the driver.
 *
 * <p>An executor creates its own instance from the schema and the label names, and sends {@link #counts()}. Not
 * thread-safe.
 */
public final class Marginals {

    /** Number of cells of a numeric column in a marginal. */
    static final int BINS = 20;
    /** Number of cells of a numeric column for the Wasserstein distance, which is off by at most one cell. */
    static final int FINE_BINS = 1_000;
    /** Number of cells of all pairs together: 8 MiB of counts. Pairs with the fewest cells come first. */
    static final int MOST_PAIR_CELLS = 1 << 20;

    private final TableSchema schema;
    private final List<String> labels;
    private final List<ColumnBins> bins;
    private final List<FineBins> fineBins;
    private final List<Pair> pairs;
    private final int pairsLeftOut;
    /** First cell of each column under label 0; the cells of the next label are {@code labelStride} further. */
    private final int[] columnOffsets;

    private final int labelStride;
    private final long[] counts;
    /** Cell of each column in the row being added, the label's last. */
    private final int[] cells;

    /** Empty counts for the rows of a schema, with the label names in index order. */
    public Marginals(TableSchema schema, List<String> labels) {
        this.schema = schema;
        this.labels = List.copyOf(labels);
        this.bins = schema.columns().stream()
                .map(column -> ColumnBins.of(column, BINS))
                .toList();
        this.cells = new int[schema.size() + 1];
        this.columnOffsets = new int[schema.size()];
        int end = 0;
        for (int c = 0; c < columnOffsets.length; c++) {
            columnOffsets[c] = end;
            end = Math.addExact(end, bins.get(c).count());
        }
        this.labelStride = end;
        end = Math.multiplyExact(end, labels.size());
        this.fineBins = new ArrayList<>();
        for (int c = 0; c < schema.size(); c++) {
            if (ColumnBins.of(schema.columns().get(c), FINE_BINS) instanceof NumberBins fine) {
                fineBins.add(new FineBins(c, fine, end));
                end = Math.addExact(end, fine.count());
            }
        }
        List<Pair> all = allPairs();
        this.pairs = new ArrayList<>();
        int pairStart = end;
        for (Pair pair : all) {
            if ((long) end - pairStart + pair.cells() > MOST_PAIR_CELLS) {
                break;
            }
            pairs.add(pair.at(end));
            end = Math.addExact(end, (int) pair.cells());
        }
        this.pairsLeftOut = all.size() - pairs.size();
        this.counts = new long[end];
    }

    /** Counts a row under the label with index {@code label}. */
    public void add(int label, TableRow row) {
        if (label < 0 || label >= labels.size()) {
            throw new IllegalArgumentException("there are " + labels.size() + " labels, none with index " + label);
        }
        schema.requireRow(row);
        for (int c = 0; c < bins.size(); c++) {
            cells[c] = bins.get(c).bin(row.code(c));
            counts[label * labelStride + columnOffsets[c] + cells[c]]++;
        }
        cells[bins.size()] = label;
        for (FineBins fine : fineBins) {
            counts[fine.offset + fine.bins.bin(row.code(fine.column))]++;
        }
        for (Pair pair : pairs) {
            counts[pair.offset + cells[pair.first] * pair.secondCells + cells[pair.second]]++;
        }
    }

    /** Adds the counts of {@code other}, which has the same schema and labels. */
    public void merge(Marginals other) {
        requireSame(other);
        merge(other.counts);
    }

    /** Adds {@link #counts()} of the same schema and labels. */
    public void merge(long[] other) {
        if (other.length != counts.length) {
            throw new IllegalArgumentException(
                    "counts of " + other.length + " cells cannot be added to counts of " + counts.length);
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.addExact(counts[i], other[i]);
        }
    }

    /** All counts as one array, to send from an executor to where they are merged. */
    public long[] counts() {
        return counts.clone();
    }

    /** Compares the marginals of two tables of one schema. */
    public static MarginalComparison compare(Marginals real, Marginals synthetic) {
        real.requireSame(synthetic);
        List<ColumnMarginal> columns = new ArrayList<>();
        for (int c = 0; c < real.schema.size(); c++) {
            columns.add(real.columnMarginal(c, synthetic));
        }
        List<LabelMarginal> labelMarginals = real.labelMarginals(synthetic);
        double labelDistance = 0;
        for (LabelMarginal label : labelMarginals) {
            labelDistance += Math.abs(label.real() - label.synthetic()) / 2;
        }
        OptionalDouble twoWay = real.pairs.stream()
                .mapToDouble(pair -> totalVariation(real.counts, synthetic.counts, pair.offset, (int) pair.cells()))
                .average();
        return new MarginalComparison(
                columns,
                labelMarginals,
                Math.min(1, labelDistance),
                real.pairs.size(),
                real.pairsLeftOut,
                columns.stream()
                        .mapToDouble(ColumnMarginal::totalVariation)
                        .average()
                        .orElseThrow(),
                twoWay);
    }

    /**
     * Measures how strongly columns are associated in two tables of one schema: see {@link PairAssociation}. Columns
     * whose pairs have too many cells to be counted are left out, starting with those with the most cells.
     *
     * @param label name of the label column, which is the last one if there are several labels
     */
    public static Correlations associations(Marginals real, Marginals synthetic, String label) {
        real.requireSame(synthetic);
        List<Integer> shown = real.associated();
        List<String> names = shown.stream()
                .map(c -> c == real.bins.size()
                        ? label
                        : real.schema.columns().get(c).name())
                .toList();
        return new Correlations(names, real.matrix(shown), synthetic.matrix(shown));
    }

    /** The columns whose pairs are all counted; the label is the column after the last. */
    private List<Integer> associated() {
        int all = labels.size() > 1 ? bins.size() + 1 : bins.size();
        List<Integer> columns = new ArrayList<>();
        for (int c = 0; c < all; c++) {
            columns.add(c);
        }
        while (columns.size() > TableAssociations.MOST_COLUMNS
                || countedPairs(columns) < columns.size() * (columns.size() - 1) / 2) {
            columns.remove(
                    columns.stream().max(Comparator.comparingInt(this::cellsOf)).orElseThrow());
        }
        return columns;
    }

    private long countedPairs(List<Integer> columns) {
        return pairs.stream()
                .filter(pair -> columns.contains(pair.first) && columns.contains(pair.second))
                .count();
    }

    private List<List<Double>> matrix(List<Integer> columns) {
        Double[][] matrix = new Double[columns.size()][columns.size()];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i][i] = 1.0;
        }
        for (Pair pair : pairs) {
            int first = columns.indexOf(pair.first);
            int second = columns.indexOf(pair.second);
            if (first >= 0 && second >= 0) {
                double[] joint = new double[(int) pair.cells()];
                Arrays.setAll(joint, cell -> counts[pair.offset + cell]);
                matrix[first][second] = association(pair).of(joint);
                matrix[second][first] = matrix[first][second];
            }
        }
        return Arrays.stream(matrix).map(List::of).toList();
    }

    private PairAssociation association(Pair pair) {
        return pair.second < bins.size()
                ? PairAssociation.of(
                        schema.columns().get(pair.first),
                        bins.get(pair.first),
                        schema.columns().get(pair.second),
                        bins.get(pair.second))
                : PairAssociation.of(schema.columns().get(pair.first), bins.get(pair.first), labels.size());
    }

    @Override
    public String toString() {
        return "Marginals of " + schema.size() + " columns and " + labels.size() + " labels";
    }

    private void requireSame(Marginals other) {
        if (!schema.equals(other.schema) || !labels.equals(other.labels)) {
            throw new IllegalArgumentException("marginals of different schemas or labels cannot be put together");
        }
    }

    private ColumnMarginal columnMarginal(int column, Marginals synthetic) {
        long[] realCells = columnCells(column);
        long[] syntheticCells = synthetic.columnCells(column);
        double[] realShares = shares(realCells);
        double[] syntheticShares = shares(syntheticCells);
        List<Cell> shown = new ArrayList<>(realCells.length);
        for (int i = 0; i < realCells.length; i++) {
            shown.add(new Cell(bins.get(column).text(i), realShares[i], syntheticShares[i]));
        }
        Optional<Numbers> numbers = fineBins.stream()
                .filter(fine -> fine.column == column)
                .map(fine -> fine.bins.numbers(fine.distance(counts, synthetic.counts)))
                .findFirst();
        return new ColumnMarginal(
                schema.columns().get(column).name(),
                shown,
                totalVariation(realCells, syntheticCells, 0, realCells.length),
                numbers);
    }

    private List<LabelMarginal> labelMarginals(Marginals synthetic) {
        double[] realShares = shares(labelTotals());
        double[] syntheticShares = shares(synthetic.labelTotals());
        List<LabelMarginal> marginals = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++) {
            double sum = 0;
            for (int c = 0; c < columnOffsets.length; c++) {
                int start = label * labelStride + columnOffsets[c];
                sum += totalVariation(
                        counts, synthetic.counts, start, bins.get(c).count());
            }
            marginals.add(new LabelMarginal(
                    labels.get(label), realShares[label], syntheticShares[label], sum / columnOffsets.length));
        }
        return marginals;
    }

    private long[] columnCells(int column) {
        long[] sums = new long[bins.get(column).count()];
        for (int label = 0; label < labels.size(); label++) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += counts[label * labelStride + columnOffsets[column] + i];
            }
        }
        return sums;
    }

    /** The number of rows of each label: every row lies in one cell of the first column. */
    private long[] labelTotals() {
        long[] totals = new long[labels.size()];
        for (int label = 0; label < totals.length; label++) {
            totals[label] = total(counts, label * labelStride, bins.get(0).count());
        }
        return totals;
    }

    private List<Pair> allPairs() {
        List<Pair> all = new ArrayList<>();
        int columns = labels.size() > 1 ? bins.size() + 1 : bins.size();
        for (int first = 0; first < columns; first++) {
            for (int second = first + 1; second < columns; second++) {
                all.add(new Pair(first, second, cellsOf(first), cellsOf(second), 0));
            }
        }
        all.sort(Comparator.comparingLong(Pair::cells));
        return all;
    }

    private int cellsOf(int column) {
        return column == bins.size() ? labels.size() : bins.get(column).count();
    }

    /** Half the L1 distance between two distributions; 1 if only one has rows, 0 if neither has. */
    private static double totalVariation(long[] real, long[] synthetic, int start, int length) {
        long realTotal = total(real, start, length);
        long syntheticTotal = total(synthetic, start, length);
        if (realTotal == 0 || syntheticTotal == 0) {
            return realTotal == syntheticTotal ? 0 : 1;
        }
        double sum = 0;
        for (int i = start; i < start + length; i++) {
            sum += Math.abs(real[i] / (double) realTotal - synthetic[i] / (double) syntheticTotal);
        }
        return Math.min(1, sum / 2);
    }

    private static double[] shares(long[] cells) {
        long total = Math.max(1, total(cells, 0, cells.length));
        double[] shares = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            shares[i] = cells[i] / (double) total;
        }
        return shares;
    }

    private static long total(long[] cells, int start, int length) {
        long total = 0;
        for (int i = start; i < start + length; i++) {
            total += cells[i];
        }
        return total;
    }

    /** Two columns jointly; the label is the column after the last. Cells are row-major from {@code offset}. */
    private record Pair(int first, int second, int firstCells, int secondCells, int offset) {
        long cells() {
            return (long) firstCells * secondCells;
        }

        Pair at(int newOffset) {
            return new Pair(first, second, firstCells, secondCells, newOffset);
        }
    }

    /** The fine cells of a numeric column. */
    private record FineBins(int column, NumberBins bins, int offset) {

        /** The Wasserstein-1 distance: the area between the two distribution functions; nulls are left out. */
        double distance(long[] real, long[] synthetic) {
            long realTotal = total(real, offset, bins.ordered());
            long syntheticTotal = total(synthetic, offset, bins.ordered());
            if (realTotal == 0 || syntheticTotal == 0) {
                return realTotal == syntheticTotal ? 0 : 1;
            }
            long realBelow = 0;
            long syntheticBelow = 0;
            double area = 0;
            for (int i = offset; i < offset + bins.ordered() - 1; i++) {
                realBelow += real[i];
                syntheticBelow += synthetic[i];
                area += Math.abs(realBelow / (double) realTotal - syntheticBelow / (double) syntheticTotal);
            }
            return area * bins.spacing();
        }
    }
}

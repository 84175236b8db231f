package org.privateevolution.evaluation.outside;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.privateevolution.evaluation.outside.ComparedColumn.Categories;
import org.privateevolution.evaluation.outside.CountLayout.Marginal;
import org.privateevolution.model.Evaluation.Correlations;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Cell;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;

/** Distances between one table's counts and those of the real table, OUTSIDE the guarantee. */
public final class TableDistances {

    /** A category with a smaller share is rare. */
    static final double RARE = 0.01;

    /** Number of cells of a column that are shown; the rest are shown as one. */
    private static final int SHOWN_CELLS = 40;

    private final CountLayout layout;
    private final TableCounts real;
    private final TableCounts other;

    public TableDistances(CountLayout layout, TableCounts real, TableCounts other) {
        this.layout = layout;
        this.real = real;
        this.other = other;
    }

    /** The total variation distance of one column. */
    public double ofColumn(int column) {
        return real.totalVariation(layout.singles().get(column), other);
    }

    /** The total variation distance of a pair of columns. */
    public double ofPair(int pair) {
        return real.totalVariation(layout.pairs().get(pair), other);
    }

    /** The pairs with the largest distances, largest first. */
    public List<Integer> worstPairs(int most) {
        return IntStream.range(0, layout.pairs().size())
                .boxed()
                .sorted(Comparator.comparingDouble(pair -> -ofPair(pair)))
                .limit(most)
                .toList();
    }

    /** The names of both columns of a pair. */
    public String pairName(int pair) {
        int[] columns = layout.pairs().get(pair).columns();
        return layout.columns().get(columns[0]).name() + " | "
                + layout.columns().get(columns[1]).name();
    }

    public double oneWay() {
        return mean(layout.singles()).orElseThrow();
    }

    /** The mean distance over all pairs; empty if there is only one column. */
    public OptionalDouble twoWay() {
        return mean(layout.pairs());
    }

    /** The mean distance over the counted triples; empty if there are fewer than three columns. */
    public OptionalDouble threeWay() {
        return mean(layout.triples());
    }

    /** The standard error of {@link #threeWay} as an estimate of the mean over all triples; 0 if all were counted. */
    public double threeWayError() {
        List<Marginal> triples = layout.triples();
        if (triples.size() == layout.allTriples() || triples.size() < 2) {
            return 0;
        }
        double mean = threeWay().orElseThrow();
        double squares = triples.stream()
                .mapToDouble(triple -> real.totalVariation(triple, other) - mean)
                .map(deviation -> deviation * deviation)
                .sum();
        double left = 1 - triples.size() / (double) layout.allTriples();
        return Math.sqrt(left * squares / (triples.size() - 1) / triples.size());
    }

    private OptionalDouble mean(List<Marginal> marginals) {
        return marginals.stream()
                .mapToDouble(marginal -> real.totalVariation(marginal, other))
                .average();
    }

    /** The mean absolute difference of the associations of all pairs; empty if there are none. */
    public OptionalDouble associations() {
        return IntStream.range(0, layout.pairs().size())
                .mapToDouble(pair -> Math.abs(real.association(pair) - other.association(pair)))
                .average();
    }

    /** The matrices of associations of both tables. */
    public Correlations correlations() {
        List<String> names = layout.columns().subList(0, layout.jointColumns()).stream()
                .map(ComparedColumn::name)
                .toList();
        return new Correlations(names, matrix(real), matrix(other));
    }

    private List<List<Double>> matrix(TableCounts counts) {
        int size = layout.jointColumns();
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            matrix[i][i] = 1;
        }
        for (int pair = 0; pair < layout.pairs().size(); pair++) {
            int[] columns = layout.pairs().get(pair).columns();
            double association = counts.association(pair);
            matrix[columns[0]][columns[1]] = association;
            matrix[columns[1]][columns[0]] = association;
        }
        List<List<Double>> rows = new ArrayList<>();
        for (double[] row : matrix) {
            rows.add(IntStream.range(0, size).mapToObj(i -> row[i]).collect(Collectors.toList()));
        }
        return rows;
    }

    /** The difference of the shares of nulls in a column. */
    public double nullDifference(int column) {
        Marginal single = layout.singles().get(column);
        int cell = single.size() - 1;
        return Math.abs(share(real, single, cell) - share(other, single, cell));
    }

    /** The share of a column's real categories that occur in the other table; empty if it has none, or is numeric. */
    public OptionalDouble categoryCoverage(int column) {
        return coverage(column, 1.1);
    }

    /**
     * The share of a column's rare real categories that occur in the other table; empty if it has none, or is numeric.
     */
    public OptionalDouble rareCoverage(int column) {
        return coverage(column, RARE);
    }

    private OptionalDouble coverage(int column, double below) {
        Marginal single = layout.singles().get(column);
        return occurring(column, below)
                .mapToDouble(cell -> other.count(single, cell) > 0 ? 1 : 0)
                .average();
    }

    /** The difference of the total shares of a column's rare categories; empty if it has none. */
    public OptionalDouble rareMass(int column) {
        Marginal single = layout.singles().get(column);
        int[] rare = occurring(column, RARE).toArray();
        if (rare.length == 0) {
            return OptionalDouble.empty();
        }
        double difference = 0;
        for (int cell : rare) {
            difference += share(real, single, cell) - share(other, single, cell);
        }
        return OptionalDouble.of(Math.abs(difference));
    }

    /** The share of a column's values, without nulls, that occur in no real row; empty if the column is numeric. */
    public OptionalDouble newCategories(int column) {
        if (!(layout.columns().get(column) instanceof Categories categories)) {
            return OptionalDouble.empty();
        }
        Marginal single = layout.singles().get(column);
        int nulls = single.size() - 1;
        long values = other.rows() - other.count(single, nulls);
        long known = IntStream.range(0, categories.values().size())
                .filter(cell -> real.count(single, cell) > 0)
                .mapToLong(cell -> other.count(single, cell))
                .sum();
        return OptionalDouble.of(values == 0 ? 0 : (values - known) / (double) values);
    }

    /** Categories of real rows whose share is below {@code below}. */
    private IntStream occurring(int column, double below) {
        if (!(layout.columns().get(column) instanceof Categories categories)) {
            return IntStream.empty();
        }
        Marginal single = layout.singles().get(column);
        return IntStream.range(0, categories.values().size())
                .filter(cell -> real.count(single, cell) > 0 && share(real, single, cell) < below);
    }

    private static double share(TableCounts counts, Marginal marginal, int cell) {
        return counts.rows() == 0 ? 0 : counts.count(marginal, cell) / (double) counts.rows();
    }

    /** The marginals of both tables, for people. */
    public MarginalComparison marginals() {
        List<ColumnMarginal> columns = new ArrayList<>();
        for (int column = 0; column < layout.columns().size(); column++) {
            columns.add(new ColumnMarginal(
                    layout.columns().get(column).name(), cells(column), ofColumn(column), Optional.empty()));
        }
        return new MarginalComparison(columns, List.of(), 0, layout.pairs().size(), 0, oneWay(), twoWay());
    }

    /** Leaves out empty cells. The nulls come last and always have a cell of their own. */
    private List<Cell> cells(int column) {
        Marginal single = layout.singles().get(column);
        ComparedColumn compared = layout.columns().get(column);
        int nulls = single.size() - 1;
        List<Cell> cells = new ArrayList<>();
        double realOthers = 0;
        double otherOthers = 0;
        for (int cell = 0; cell < single.size(); cell++) {
            double realShare = share(real, single, cell);
            double otherShare = share(other, single, cell);
            if (realShare == 0 && otherShare == 0) {
                continue;
            }
            if (cell < SHOWN_CELLS || cell >= nulls - 1) {
                cells.add(new Cell(compared.cellText(cell, Integer.MAX_VALUE), realShare, otherShare));
            } else {
                realOthers += realShare;
                otherOthers += otherShare;
            }
        }
        if (realOthers + otherOthers > 0) {
            cells.add(new Cell("(others)", realOthers, otherOthers));
        }
        return cells;
    }
}

package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.MarginalQuery.Marginal;
import org.privateevolution.table.TableBins;

/**
 * Pairs of categorical columns in which one column determines the other, as an airport determines its state, as far as
 * released marginals show. A pair qualifies if the counts that contradict it are zero up to their noise, if that noise
 * could not hide a tenth of the records, and if no value of the determined column would be left almost without records.
 */
final class FunctionalPairs {

    /** A count within this many standard deviations of its noise may as well be zero. */
    private static final double NOISE = 3;
    /** The largest share of the records that may contradict a pair without being seen. */
    private static final double UNSEEN = 0.1;

    private final TableBins bins;
    private final List<Determination> determinations;

    private FunctionalPairs(TableBins bins, List<Determination> determinations) {
        this.bins = bins;
        this.determinations = determinations;
    }

    /**
     * One column determined by another.
     *
     * @param target cell of the determined column for each cell of the other, or {@link #UNKNOWN}
     * @param broken share of the records that seem to contradict it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Determination(int from, int to, int[] target, double broken) {
        static final int UNKNOWN = -1;
    }

    /**
     * Finds the pairs in released marginals.
     *
     * @param marginals the marginals counted by {@code released}
     * @param columns the content of the first marginals
     */
    static FunctionalPairs of(
            TableSchema schema, int labels, List<Marginal> marginals, PastMarginals released, ColumnMarginals columns) {
        double noise = released.sigma() * Math.sqrt(labels);
        TableBins bins = released.cells().bins();
        List<Determination> found = new ArrayList<>();
        for (int m = 0; m < marginals.size(); m++) {
            Marginal pair = marginals.get(m);
            if (!isCategorical(schema, pair.first()) || !isCategorical(schema, pair.second())) {
                continue;
            }
            double[] rows = released.rowsOfAll(labels, m);
            int width = bins.column(pair.second()).count();
            double[][] counts = new double[rows.length / width][];
            Arrays.setAll(counts, a -> Arrays.copyOfRange(rows, a * width, (a + 1) * width));
            add(found, pair.first(), pair.second(), counts, noise, columns);
            add(found, pair.second(), pair.first(), transposed(counts), noise, columns);
        }
        return new FunctionalPairs(bins, withoutCircles(found));
    }

    private static boolean isCategorical(TableSchema schema, int column) {
        return column >= 0 && schema.columns().get(column) instanceof CategoricalColumn;
    }

    private static double[][] transposed(double[]... counts) {
        double[][] transposed = new double[counts[0].length][counts.length];
        for (int a = 0; a < counts.length; a++) {
            for (int b = 0; b < counts[a].length; b++) {
                transposed[b][a] = counts[a][b];
            }
        }
        return transposed;
    }

    private static void add(
            List<Determination> found, int from, int to, double[][] counts, double noise, ColumnMarginals columns) {
        int values = counts[0].length;
        int[] target = new int[counts.length];
        int[] sources = new int[values];
        double[] left = columns.counts()[to].clone();
        double kept = 0;
        double broken = 0;
        int known = 0;
        for (int a = 0; a < counts.length; a++) {
            target[a] = determined(counts[a], noise);
            if (target[a] == Determination.UNKNOWN) {
                // Records with this cell of the determining column may have any value of the other.
                double records = Math.max(0, columns.counts()[from][a]);
                for (int b = 0; b < values; b++) {
                    left[b] -= records;
                    sources[b]++;
                }
                continue;
            }
            known++;
            kept += counts[a][target[a]];
            broken += Arrays.stream(counts[a]).sum() - counts[a][target[a]];
            left[target[a]] -= columns.counts()[from][a];
            sources[target[a]]++;
        }
        double unseen = NOISE * noise * Math.sqrt(known * (values - 1.0));
        if (known == 0 || broken > unseen || unseen > UNSEEN * kept) {
            return;
        }
        for (int b = 0; b < values; b++) {
            if (left[b] > NOISE * columns.countNoise() * Math.sqrt(sources[b] + 1.0)) {
                return;
            }
        }
        found.add(new Determination(from, to, target, broken / kept));
    }

    /** The cell that holds all records up to noise, if there clearly is one. */
    private static int determined(double[] counts, double noise) {
        int most = 0;
        for (int b = 1; b < counts.length; b++) {
            most = counts[b] > counts[most] ? b : most;
        }
        double others = 0;
        double second = Double.NEGATIVE_INFINITY;
        for (int b = 0; b < counts.length; b++) {
            if (b != most) {
                others += counts[b];
                second = Math.max(second, counts[b]);
            }
        }
        boolean clear = counts[most] - second > NOISE * noise * Math.sqrt(2);
        boolean alone = others <= NOISE * noise * Math.sqrt(counts.length - 1.0);
        return clear && alone ? most : Determination.UNKNOWN;
    }

    /**
     * Keeps at most one determining column per column and no cycles, and orders the pairs so that a determining column
     * comes before the columns it determines. Pairs with the most values are kept first.
     */
    private static List<Determination> withoutCircles(List<Determination> found) {
        Map<Integer, Determination> byTarget = new HashMap<>();
        found.stream()
                .sorted(Comparator.comparingInt((Determination one) -> -one.target().length)
                        .thenComparingDouble(Determination::broken)
                        .thenComparingInt(Determination::from)
                        .thenComparingInt(Determination::to))
                .forEach(one -> {
                    if (!byTarget.containsKey(one.to())
                            && !sources(one.from(), byTarget).contains(one.to())) {
                        byTarget.put(one.to(), one);
                    }
                });
        return byTarget.values().stream()
                .sorted(Comparator.comparingInt((Determination one) ->
                                sources(one.from(), byTarget).size())
                        .thenComparingInt(Determination::to))
                .toList();
    }

    /** A column and all columns that determine it, directly or through others. */
    private static Set<Integer> sources(int column, Map<Integer, Determination> byTarget) {
        Set<Integer> sources = new HashSet<>(Set.of(column));
        for (Determination one = byTarget.get(column); one != null; one = byTarget.get(one.from())) {
            sources.add(one.from());
        }
        return sources;
    }

    /** Returns the row with every determined value set to the one that its determining column implies. */
    TableRow mended(TableRow row) {
        if (determinations.isEmpty()) {
            return row;
        }
        double[] codes = row.codes();
        for (Determination one : determinations) {
            int target = one.target()[bins.column(one.from()).bin(codes[one.from()])];
            if (target != Determination.UNKNOWN) {
                codes[one.to()] = bins.column(one.to()).code(target, 0);
            }
        }
        return new TableRow(codes);
    }
}

package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.MarginalQuery.Marginal;
import org.privateevolution.table.NumberCells;
import org.privateevolution.table.RowStructure;
import org.privateevolution.table.TableBins;

/**
 * Chooses the marginals that a run counts second, once it knows those of single columns: as many pairs of columns as
 * rise above the noise, starting with those that depend most on each other according to the estimate. If hardly any
 * pair would, the columns are counted again, in fewer cells. Reads public and released numbers only.
 */
final class MarginalChoice {

    /** Number of cells per numeric column in the first marginals. */
    static final int FINE = 20;
    /** Number of cells per numeric column in the marginal of a pair. */
    private static final int COARSE = 10;
    /** The same at a first glance at all pairs. */
    private static final int FEW = 5;

    private static final int FEWEST = 4;
    /** With more cells, a pair's marginal would be nothing but noise. */
    private static final int MOST_CELLS = 1 << 14;
    /** The time of each fit grows with the number of pairs. */
    private static final int MOST_PAIRS = 300;
    /** The smallest average number of rows per cell of a pair, relative to the noise of a cell's count. */
    private static final double PAIR_SIGNAL = 0.3;
    /** The same ratio for columns that are counted again. */
    private static final double COLUMN_SIGNAL = 1;

    private final TableSchema schema;
    private final int labels;
    private final RowStructure rules;

    MarginalChoice(TableSchema schema, int labels) {
        this(schema, labels, RowStructure.NONE);
    }

    /** @param rules name the pairs that may be counted */
    MarginalChoice(TableSchema schema, int labels, RowStructure rules) {
        this.schema = schema;
        this.labels = labels;
        this.rules = rules;
    }

    /** The first marginals of a run: every column by itself. */
    MarginalQuery columns() {
        return new MarginalQuery(TableBins.fine(schema, FINE), MarginalQuery.columns(schema.size(), labels));
    }

    /**
     * The second marginals of a run.
     *
     * @param rows number of records of all labels together, as estimated from released numbers
     * @param noiseMultiplier of the release
     * @param evenlyFilled cuts numeric columns into the given number of cells that hold about equally many records
     * @param weights of the pool's rows
     */
    MarginalQuery next(
            double rows,
            double noiseMultiplier,
            IntFunction<List<NumberCells>> evenlyFilled,
            RowPool pool,
            double... weights) {
        List<NumberCells> coarse = evenlyFilled.apply(COARSE);
        TableBins bins = new TableBins(schema, coarse);
        List<Marginal> pairs = pairs(bins);
        double cells = pairs.stream()
                .mapToDouble(pair -> MarginalCells.width(bins, pair) * (double) labels)
                .average()
                .orElse(Double.POSITIVE_INFINITY);
        // The count of a cell in one of m marginals has noise of sqrt(m) times the multiplier.
        double affordable = Math.pow(rows / cells / (noiseMultiplier * PAIR_SIGNAL), 2);
        int most = (int) Math.min(Math.min(MOST_PAIRS, pairs.size()), affordable);
        if (pairs.isEmpty() || most < Math.min(pairs.size(), (schema.size() + 1) / 2)) {
            List<Marginal> again = MarginalQuery.columns(schema.size(), labels);
            double perCell = rows / labels / (noiseMultiplier * Math.sqrt(again.size()) * COLUMN_SIGNAL);
            int columnCells = (int) Math.max(FEWEST, Math.min(FINE, perCell));
            return new MarginalQuery(evenlyFilled.apply(columnCells), again);
        }
        return new MarginalQuery(coarse, pairs.size() == most ? pairs : strongest(pairs, most, bins, pool, weights));
    }

    /** The marginals of all pairs, for a first glance at their dependence: numbers have few cells. */
    MarginalQuery all(IntFunction<List<NumberCells>> evenlyFilled) {
        List<NumberCells> few = evenlyFilled.apply(FEW);
        return new MarginalQuery(few, pairs(new TableBins(schema, few)));
    }

    private List<Marginal> pairs(TableBins bins) {
        return MarginalQuery.pairs(schema.size()).stream()
                .filter(pair -> rules.paired(pair.first(), pair.second()))
                .filter(pair -> MarginalCells.width(bins, pair) * labels <= MOST_CELLS)
                .toList();
    }

    /**
     * The pairs that depend on each other, as a glance at all of them shows, from the strongest on. A pair is chosen if
     * its dependence stands out from the noise of the glance, and says more than the noise of its own marginal will
     * take: among m marginals, the counts of K cells have noise of sqrt(m) times the multiplier, and so lie about
     * K^2 m multiplier^2 / (2 n^2) nats from the distribution of n records.
     *
     * @param excess of each pair that the glance counted
     */
    MarginalQuery strong(
            double rows,
            double noiseMultiplier,
            IntFunction<List<NumberCells>> evenlyFilled,
            Map<Marginal, PairExcess> excess) {
        List<NumberCells> coarse = evenlyFilled.apply(COARSE);
        TableBins bins = new TableBins(schema, coarse);
        List<Marginal> pairs = pairs(bins);
        List<Marginal> ranked = pairs.stream()
                .filter(pair -> excess.get(pair).standsOut())
                .sorted(Comparator.comparingDouble(pair -> -excess.get(pair).nats()))
                .limit(MOST_PAIRS)
                .toList();
        List<Marginal> chosen = new ArrayList<>();
        for (Marginal pair : ranked) {
            double cells = labels * (double) MarginalCells.width(bins, pair);
            double noise = Math.pow(cells * noiseMultiplier, 2) * (chosen.size() + 1) / (2 * rows);
            if (excess.get(pair).nats() > noise) {
                chosen.add(pair);
            }
        }
        return chosen.isEmpty()
                ? new MarginalQuery(coarse, MarginalQuery.columns(schema.size(), labels))
                : new MarginalQuery(
                        coarse, pairs.stream().filter(chosen::contains).toList());
    }

    /** The pairs with the greatest mutual information given the label, in the order of their columns. */
    private List<Marginal> strongest(List<Marginal> pairs, int most, TableBins bins, RowPool pool, double... weights) {
        int[][] cells = new int[pool.size()][];
        Arrays.setAll(cells, i -> bins.cells(pool.row(i)));
        double[] information = pairs.stream()
                .parallel()
                .mapToDouble(pair -> information(pair, bins, cells, pool, weights))
                .toArray();
        return IntStream.range(0, pairs.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer pair) -> -information[pair])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .sorted()
                .map(pairs::get)
                .toList();
    }

    /** Mutual information in nats per row, up to a factor that all pairs share. */
    private double information(Marginal pair, TableBins bins, int[][] cells, RowPool pool, double... weights) {
        int width = bins.column(pair.second()).count();
        double[] both = new double[(int) (labels * MarginalCells.width(bins, pair))];
        double[] first = new double[both.length / width];
        double[] second = new double[labels * width];
        double[] label = new double[labels];
        for (int i = 0; i < weights.length; i++) {
            int a = pool.label(i) * (first.length / labels) + cells[i][pair.first()];
            both[a * width + cells[i][pair.second()]] += weights[i];
            first[a] += weights[i];
            second[pool.label(i) * width + cells[i][pair.second()]] += weights[i];
            label[pool.label(i)] += weights[i];
        }
        return entropy(first) + entropy(second) - entropy(both) - entropy(label);
    }

    private static double entropy(double... weights) {
        return Arrays.stream(weights)
                .filter(weight -> weight > 0)
                .map(weight -> -weight * Math.log(weight))
                .sum();
    }
}

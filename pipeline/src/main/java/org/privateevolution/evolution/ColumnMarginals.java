package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.privateevolution.estimate.Duals;
import org.privateevolution.estimate.Estimator;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.Points;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.estimate.Tolerance;
import org.privateevolution.estimate.Total;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.ColumnBins;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalSampler;
import org.privateevolution.table.NumberCells;
import org.privateevolution.table.TableBins;

/**
 * What the marginals of single columns say before anything else is released: about how many records each label has, and
 * how each column is distributed within a label.
 *
 * @param totals estimated number of records of each label, at least 1
 * @param totalNoise standard deviation of each total
 * @param samplers draws values within each label, one sampler per label
 * @param counts released counts of each column's cells, summed over all labels
 * @param countNoise standard deviation of each of these counts
 * @param overall draws values of all labels together
 * @param spikes for each column, the codes that are more frequent than the codes around them suggest
 * @param merged for each column, the cells that differ by no more than noise
 * @param tails the ranges of each column in which no count rises
 */
@SuppressWarnings("ArrayRecordComponent") // passes arrays between methods and is never compared
record ColumnMarginals(
        double[] totals,
        double totalNoise,
        MarginalSampler[] samplers,
        double[][] counts,
        double countNoise,
        MarginalSampler overall,
        List<List<Double>> spikes,
        List<MergedCells> merged,
        TailShapes tails) {

    /** Fewest records a label is taken to have, so that every label gets points. */
    private static final double FEWEST = 1;

    /**
     * Derives the totals and distributions from the released marginals of columns.
     *
     * @param released cells in the order of {@link org.privateevolution.table.MarginalQuery#columns}
     */
    static ColumnMarginals of(PastMarginals released, int labels) {
        MarginalCells cells = released.cells();
        TableBins bins = cells.bins();
        int first = labels > 1 ? 1 : 0;
        double sigma = released.sigma();
        double[] totals = totals(released, labels);
        List<List<Double>> spikes = new ArrayList<>();
        double[][][] shares = new double[labels][bins.columns()][];
        double[][] overall = new double[bins.columns()][];
        List<MergedCells> merged = new ArrayList<>();
        List<List<EmptyTail>> tails = new ArrayList<>();
        double[][] counts = new double[bins.columns()][];
        double noise = sigma * Math.sqrt(labels);
        for (int column = 0; column < bins.columns(); column++) {
            int marginal = first + column;
            double[] rows = released.rows(marginal);
            double[] pooled = released.rowsOfAll(labels, marginal);
            int width = pooled.length;
            counts[column] = pooled;
            ColumnBins own = bins.column(column);
            double[] natural = new double[width];
            Arrays.setAll(natural, own::naturalShare);
            double all = Arrays.stream(totals).sum();
            RisenCells risen = RisenCells.of(own, pooled, noise);
            spikes.add(risen.spikes());
            merged.add(risen.merged());
            tails.add(risen.tails());
            overall[column] = smoothed(risen.flattened(pooled), noise, natural, all);
            for (int label = 0; label < labels; label++) {
                double[] counted = risen.flattened(Arrays.copyOfRange(rows, label * width, (label + 1) * width));
                shares[label][column] = smoothed(counted, sigma, overall[column], totals[label]);
            }
        }
        MarginalSampler[] samplers = new MarginalSampler[labels];
        Arrays.setAll(samplers, label -> new MarginalSampler(bins, shares[label]));
        return new ColumnMarginals(
                totals,
                sigma / Math.sqrt(precision(cells, labels)),
                samplers,
                counts,
                noise,
                new MarginalSampler(bins, overall),
                spikes,
                merged,
                new TailShapes(bins, tails, spikes));
    }

    /** Precision of the totals, in units of the precision of one cell's count. */
    private static double precision(MarginalCells cells, int labels) {
        return IntStream.range(0, cells.marginals())
                .mapToDouble(marginal -> labels / (double) cells.cells(marginal))
                .sum();
    }

    /** Cuts every numeric column, apart from its spikes, so that its cells hold about equally many records. */
    List<NumberCells> evenlyFilled(TableSchema schema, int most) {
        return IntStream.range(0, schema.size())
                .mapToObj(c -> schema.columns().get(c) instanceof NumericColumn
                        ? overall.evenlyFilled(c, most, spikes.get(c))
                        : NumberCells.NONE)
                .toList();
    }

    /**
     * Every marginal counts all rows of a label, so a label's total is the mean of the marginals' sums, weighted by the
     * inverse of their variances.
     */
    private static double[] totals(PastMarginals released, int labels) {
        MarginalCells cells = released.cells();
        double[] totals = new double[labels];
        for (int marginal = 0; marginal < cells.marginals(); marginal++) {
            double[] rows = released.rows(marginal);
            int width = rows.length / labels;
            for (int i = 0; i < rows.length; i++) {
                totals[i / width] += rows[i] / width;
            }
        }
        for (int label = 0; label < labels; label++) {
            totals[label] = Math.max(FEWEST, totals[label] / precision(cells, labels));
        }
        return totals;
    }

    /**
     * Explains one marginal by its counts and a prior with the weight of one record per cell: so weak a prior allows a
     * share to be twice the prior's, or zero.
     */
    private static double[] smoothed(double[] counts, double sigma, double[] prior, double total) {
        int[] own = new int[counts.length];
        Arrays.setAll(own, cell -> cell);
        ReleasedCounts release = ReleasedCounts.of(Partition.of(counts.length, own), counts, sigma)
                .againstPrior(Math.min(1, counts.length / total));
        return Estimator.explain(
                        Points.of(prior, new Total.Known(total)), List.of(release), Duals.none(), Tolerance.DEFAULT)
                .weights();
    }
}

package org.privateevolution.evolution;

import java.util.Arrays;
import java.util.List;
import org.privateevolution.estimate.Duals;
import org.privateevolution.estimate.Estimator;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.Points;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.estimate.Tolerance;
import org.privateevolution.estimate.Total;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalSampler;
import org.privateevolution.table.TableBins;

/**
 * What the marginals of columns say by themselves, before anything else is released: about how many records each label has, and
 * how each column is distributed within it.
 *
 * @param totals of each label, at least 1
 * @param samplers of each label
 */
@SuppressWarnings("ArrayRecordComponent") // carries arrays from one method to the next, and is never compared
record ColumnMarginals(double[] totals, MarginalSampler[] samplers) {

    /** A label has at least so many records, so that it gets points at all. */
    private static final double FEWEST = 1;

    /**
     * Reads the marginals of columns.
     *
     * @param cells of {@code released}, as {@link MarginalCells#ofColumns} lays them out
     */
    static ColumnMarginals of(TableBins bins, int labels, MarginalCells cells, NoisyHistogram released) {
        double[] counts = new double[cells.size()];
        // A row gave 1/sqrt(marginals) to each of its cells.
        double scale = Math.sqrt(cells.marginals());
        Arrays.setAll(counts, cell -> released.votes(cell) * scale);
        double sigma = released.noiseMultiplier() * scale;
        double[] totals = totals(cells, labels, counts);
        double[][][] shares = new double[labels][bins.columns()][];
        for (int column = 0; column < bins.columns(); column++) {
            int marginal = cells.marginalOf(column);
            int width = cells.cells(marginal) / labels;
            double[] pooled = new double[width];
            for (int i = 0; i < width * labels; i++) {
                pooled[i % width] += counts[cells.offset(marginal) + i];
            }
            double[] uniform = new double[width];
            Arrays.fill(uniform, 1);
            double all = Arrays.stream(totals).sum();
            double[] overall = smoothed(pooled, sigma * Math.sqrt(labels), uniform, all);
            for (int label = 0; label < labels; label++) {
                int from = cells.offset(marginal) + label * width;
                shares[label][column] =
                        smoothed(Arrays.copyOfRange(counts, from, from + width), sigma, overall, totals[label]);
            }
        }
        MarginalSampler[] samplers = new MarginalSampler[labels];
        Arrays.setAll(samplers, label -> new MarginalSampler(bins, shares[label]));
        return new ColumnMarginals(totals, samplers);
    }

    /** Every marginal counts all rows of a label: the mean of its sums, weighted by the inverse of their variances. */
    private static double[] totals(MarginalCells cells, int labels, double... counts) {
        double[] totals = new double[labels];
        double precision = 0;
        for (int marginal = 0; marginal < cells.marginals(); marginal++) {
            int width = cells.cells(marginal) / labels;
            precision += 1.0 / width;
            for (int i = 0; i < width * labels; i++) {
                totals[i / width] += counts[cells.offset(marginal) + i] / width;
            }
        }
        for (int label = 0; label < labels; label++) {
            totals[label] = Math.max(FEWEST, totals[label] / precision);
        }
        return totals;
    }

    /** One marginal as its counts and a prior explain it. */
    private static double[] smoothed(double[] counts, double sigma, double[] prior, double total) {
        int[] own = new int[counts.length];
        Arrays.setAll(own, cell -> cell);
        ReleasedCounts release = ReleasedCounts.of(Partition.of(counts.length, own), counts, sigma);
        return Estimator.explain(
                        Points.of(prior, new Total.Known(total)), List.of(release), Duals.none(), Tolerance.DEFAULT)
                .weights();
    }
}

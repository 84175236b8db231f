package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.estimate.Duals;
import org.privateevolution.estimate.Estimate;
import org.privateevolution.estimate.Estimator;
import org.privateevolution.estimate.Points;
import org.privateevolution.estimate.PredictiveScore;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.estimate.Tolerance;
import org.privateevolution.estimate.Total;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.table.RowSampler;

/**
 * A pool of rows with the weights that explain all releases, under one {@link Tuning}. Each pool is drawn from the
 * previous one and varied.
 */
final class FittedRows {

    /** The smallest number of points of a label, however few records it has. */
    static final int FEWEST = 8;

    private final Tuning tuning;
    private final ReleasedCounts.Scale scale;
    private final TabularEmbedder embedder;
    private final TailShapes tails;
    /** Number of records of each label, as estimated from released numbers. */
    private final double[] totals;

    private RowPool pool;
    private Estimate estimate;
    private double score;

    /**
     * @param totals number of records of each label, as estimated from the first marginals
     */
    FittedRows(
            Tuning tuning, ReleasedCounts.Scale scale, TabularEmbedder embedder, TailShapes tails, double... totals) {
        this.tuning = tuning;
        this.scale = scale;
        this.embedder = embedder;
        this.tails = tails;
        this.totals = totals.clone();
    }

    /** Draws a first pool of rows with independent columns and fits it to the first releases. */
    void start(List<PastRelease> releases, RowSampler variation, int size, Seed drawing, Tolerance tolerance) {
        RandomGenerator random = drawing.generator();
        int[] sizes = sizes(size);
        List<TableRow> rows = new ArrayList<>();
        List<Integer> labelOf = new ArrayList<>();
        for (int label = 0; label < totals.length; label++) {
            for (int n = 0; n < sizes[label]; n++) {
                rows.add(variation.random(label, random));
                labelOf.add(label);
            }
        }
        explain(new RowPool(rows, labelOf, embedder), releases, tolerance);
    }

    /** Draws the next pool from this estimate, varies it, and fits it to all releases. */
    void follow(
            List<PastRelease> releases,
            RowSampler variation,
            int size,
            double progress,
            Seed drawing,
            Tolerance tolerance) {
        RandomGenerator random = drawing.generator();
        int[] sizes = sizes(size);
        double degree = tuning.degree(progress);
        List<TableRow> rows = new ArrayList<>();
        List<Integer> labelOf = new ArrayList<>();
        for (int label = 0; label < totals.length; label++) {
            for (int point : drawn(label, sizes[label], random)) {
                rows.add(variation.varied(label, pool.row(point), degree, random));
                labelOf.add(label);
            }
        }
        explain(new RowPool(rows, labelOf, embedder), releases, tolerance);
    }

    private void explain(RowPool rows, List<PastRelease> releases, Tolerance tolerance) {
        List<ReleasedCounts> counts = releases.parallelStream()
                .flatMap(release -> release.over(rows, scale).stream())
                .map(release -> release.againstPrior(tuning.priorWeight()))
                .toList();
        List<Total> sums = new ArrayList<>();
        for (double total : totals) {
            // If every release has a scale of its own, only the ratios of the totals are meaningful.
            sums.add(scale == ReleasedCounts.Scale.ONE ? new Total.Free() : new Total.Known(total));
        }
        estimate = Estimator.explain(
                Points.of(tails.prior(rows), rows.labels(), sums),
                counts,
                estimate == null ? Duals.none() : estimate.duals(),
                tolerance);
        pool = rows;
        Arrays.fill(totals, 0);
        for (int i = 0; i < pool.size(); i++) {
            totals[pool.label(i)] += estimate.weights()[i];
        }
    }

    /**
     * How much better this estimate predicts a vote that it has not seen than a prediction of equal votes for all
     * candidates of a label.
     *
     * @return nats per candidate
     */
    double gain(PastVote vote) {
        double[] even = new double[pool.size()];
        int[] points = new int[totals.length];
        for (int label : pool.labels()) {
            points[label]++;
        }
        Arrays.setAll(even, i -> totals[pool.label(i)] / points[pool.label(i)]);
        return PredictiveScore.of(estimate, even, vote.over(pool, scale).get(0)).gain();
    }

    /**
     * Adds the {@link #gain} of a vote to the {@link #score}.
     *
     * @param memory the share of the previous score that is kept
     */
    void judge(double gain, double memory) {
        score = memory * score + gain;
    }

    /** The gains of the votes that judged it; recent votes count more than early ones. */
    double score() {
        return score;
    }

    /** Points of a label, each drawn in proportion to its weight. */
    int[] drawn(int label, int number, RandomGenerator random) {
        return pool.drawn(estimate.weights(), label, number, random);
    }

    /** Distributes a number over the labels by their estimated totals. */
    int[] sizes(int number) {
        int[] sizes = LabelAllocation.allocate(number, LabelAllocation.shares(totals));
        Arrays.setAll(sizes, label -> Math.max(FEWEST, sizes[label]));
        return sizes;
    }

    /** The misfit of the estimate, on the scale of a log likelihood. */
    double objective() {
        return estimate.objective();
    }

    Tuning tuning() {
        return tuning;
    }

    RowPool pool() {
        return pool;
    }

    double[] weights() {
        return estimate.weights();
    }

    double[] totals() {
        return totals.clone();
    }
}

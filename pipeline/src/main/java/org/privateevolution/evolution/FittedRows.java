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

/**
 * A pool of rows and the weights by which it explains all releases, under one {@link Tuning}. Each pool is drawn from the one
 * before and varied.
 */
final class FittedRows {

    /** A label's points are at least so many, however few its records. */
    static final int FEWEST = 8;

    private final Tuning tuning;
    private final ReleasedCounts.Scale scale;
    private final TabularEmbedder embedder;
    /** Rows of each label, as far as released numbers tell. */
    private final double[] totals;

    private RowPool pool;
    private Estimate estimate;
    private double score;

    /** @param totals of each label, as the first marginals tell */
    FittedRows(Tuning tuning, ReleasedCounts.Scale scale, TabularEmbedder embedder, double... totals) {
        this.tuning = tuning;
        this.scale = scale;
        this.embedder = embedder;
        this.totals = totals.clone();
    }

    /** Rows with independent columns explain the first releases. */
    void start(List<PastRelease> releases, RowVariation variation, int size, Seed drawing, Tolerance tolerance) {
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

    /** Rows drawn from this estimate, and varied, explain all releases. */
    void follow(
            List<PastRelease> releases,
            RowVariation variation,
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
        double[] prior = new double[rows.size()];
        Arrays.fill(prior, 1);
        List<Total> sums = new ArrayList<>();
        for (double total : totals) {
            // Where every release has a scale of its own, only the shares of the totals mean something.
            sums.add(scale == ReleasedCounts.Scale.ONE ? new Total.Free() : new Total.Known(total));
        }
        estimate = Estimator.explain(
                Points.of(prior, rows.labels(), sums),
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
     * How well this estimate foretold a vote that it has not seen, against a prediction that gives every candidate of a label
     * the same votes.
     *
     * @return nats a candidate
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

    /** Counts the {@link #gain} of a vote towards the {@link #score}, of which so much is kept. */
    void judge(double gain, double memory) {
        score = memory * score + gain;
    }

    /** Of the votes that judged it, late ones more than early ones. */
    double score() {
        return score;
    }

    /** Points of a label, each as often as its weight wants it. */
    int[] drawn(int label, int number, RandomGenerator random) {
        return pool.drawn(estimate.weights(), label, number, random);
    }

    /** Shares out a number over the labels by their estimated totals. */
    int[] sizes(int number) {
        int[] sizes = LabelAllocation.allocate(number, LabelAllocation.shares(totals));
        Arrays.setAll(sizes, label -> Math.max(FEWEST, sizes[label]));
        return sizes;
    }

    /** What the estimate leaves unexplained, on the scale of a log likelihood. */
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

package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.MarginalSampler;
import org.privateevolution.vector.Metric;

/**
 * A table's estimate as a run goes on: a pool of rows with weights that explain every release so far. After each release the
 * pool is drawn anew from the estimate and varied, and all releases are explained by the new pool. Reads released numbers only;
 * a pure function of them, the seed and the candidates of past votes.
 */
public final class TableEstimate {

    /** A label's candidates or points are at least so many, however few its records. */
    private static final int FEWEST = 8;
    /** How often a candidate that stands already is varied again before it is left out. */
    private static final int ATTEMPTS = 10;
    /** Rows of a candidate, on average, against the noise of its votes: with fewer, a vote says next to nothing. */
    private static final double SIGNAL = 0.25;
    /** Fewer candidates than this tell little of a table's shape, whatever their noise. */
    private static final int FEWEST_CANDIDATES = 100;
    /**
     * A prior weighs as much as this share of the records. It was drawn from the estimate before and therefore knows most of what
     * was released; with the weight of all records it would hold on to what it does not know.
     */
    private static final double PRIOR_WEIGHT = 0.2;
    /** Tolerated distance between found and optimal weights while the run goes on: far below the noise. */
    private static final Tolerance ROUGH = new Tolerance(0.02, 60);

    private static final Tolerance FINE = new Tolerance(0.005, 300);

    /** Settings that no data are needed to choose. */
    public record Settings(int pool, double firstDegree, double lastDegree) {
        public static final Settings DEFAULT = new Settings(20_000, 0.2, 0.02);

        double degree(int vote, int votes) {
            return votes < 2
                    ? lastDegree
                    : firstDegree * Math.pow(lastDegree / firstDegree, (vote - 1.0) / (votes - 1));
        }
    }

    private final TableSchema schema;
    private final int labels;
    private final TabularEmbedder embedder;
    private final Metric metric;
    private final int neighbors;
    private final int votes;
    private final ReleasedCounts.Scale scale;
    private final Settings settings;
    private final Seed seed;
    private final MarginalChoice choice;
    private final List<PastRelease> releases = new ArrayList<>();

    private MarginalSampler[] samplers = {};
    /** Rows of each label, as far as released numbers tell. */
    private double[] totals = {};

    /** For each column the codes that many records share. */
    private List<List<Double>> spikes = List.of();

    private RowPool pool;
    private Estimate estimate;

    /**
     * @param embedder the one that private rows are embedded by
     * @param neighbors nearest candidates that share a vote
     * @param votes number of votes of the whole run
     * @param unit whose votes are counted
     */
    public TableEstimate(
            TableSchema schema,
            int labels,
            TabularEmbedder embedder,
            Metric metric,
            int neighbors,
            int votes,
            PrivacyUnit unit,
            Settings settings,
            Seed seed) {
        this.schema = schema;
        this.labels = labels;
        this.embedder = embedder;
        this.metric = metric;
        this.neighbors = neighbors;
        this.votes = votes;
        this.scale = unit == PrivacyUnit.CLIENT ? ReleasedCounts.Scale.FREE : ReleasedCounts.Scale.ONE;
        this.settings = settings;
        this.seed = seed.derive("estimate");
        this.choice = new MarginalChoice(schema, labels);
    }

    /** The vote that the second marginals are counted after. */
    public static int votesBeforeSecondMarginals(int votes) {
        return votes / 3;
    }

    /** The marginals that a run counts before its first vote. */
    public MarginalQuery firstMarginals() {
        return choice.columns();
    }

    /** Starts from the {@link #firstMarginals}. */
    public void start(NoisyHistogram released) {
        MarginalCells cells = new MarginalCells(schema, labels, firstMarginals());
        ColumnMarginals columns = ColumnMarginals.of(cells, labels, released);
        totals = columns.totals();
        samplers = columns.samplers();
        spikes = columns.spikes();
        releases.add(new PastMarginals(cells, released));
        RandomGenerator random = seed.derive("pool").derive(0).generator();
        int[] sizes = sizes(settings.pool());
        List<TableRow> rows = new ArrayList<>();
        List<Integer> labelOf = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            for (int n = 0; n < sizes[label]; n++) {
                rows.add(samplers[label].random(random));
                labelOf.add(label);
            }
        }
        explain(new RowPool(rows, labelOf, embedder), ROUGH);
    }

    /**
     * The marginals that a run counts second, which follow from what is known by then.
     *
     * @param noiseMultiplier of their release
     */
    public MarginalQuery secondMarginals(double noiseMultiplier) {
        return choice.next(Arrays.stream(totals).sum(), noiseMultiplier, spikes, pool, estimate.weights());
    }

    /** Folds in marginals that were counted. */
    public void fold(MarginalQuery query, NoisyHistogram released) {
        releases.add(new PastMarginals(new MarginalCells(schema, labels, query), released));
        int vote = votesBeforeSecondMarginals(votes) + 1;
        explain(redrawn(settings.degree(vote, votes), seed.derive("pool after marginals")), ROUGH);
    }

    /** Shares out a number over the labels by their estimated totals. */
    private int[] sizes(int number) {
        int[] sizes = LabelAllocation.allocate(number, totals);
        Arrays.setAll(sizes, label -> Math.max(FEWEST, sizes[label]));
        return sizes;
    }

    /**
     * The candidates of a vote: drawn from the estimate and varied; no two of a label are equal.
     *
     * @param most fewer stand where each would have less than its noise
     * @param noiseMultiplier of the vote
     */
    public Population candidates(int vote, int most, double noiseMultiplier) {
        RandomGenerator random = seed.derive("candidates").derive(vote).generator();
        double degree = settings.degree(vote, votes) / 2;
        double heard = Arrays.stream(totals).sum() / (noiseMultiplier * SIGNAL);
        int[] sizes = sizes((int) Math.min(most, Math.max(FEWEST_CANDIDATES, heard)));
        double[] weights = estimate.weights();
        List<Sample> samples = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int[] drawn = pool.drawn(weights, label, sizes[label], random);
            Set<TableRow> standing = new HashSet<>();
            for (int n = 0; n < drawn.length; n++) {
                for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                    TableRow varied = samplers[label].varied(pool.row(drawn[n]), Math.min(1, degree * attempt), random);
                    if (standing.add(varied)) {
                        samples.add(new Sample("e" + vote + ".l" + label + ".n" + n, label, varied, ""));
                        break;
                    }
                }
            }
        }
        return new Population(vote - 1, samples);
    }

    /**
     * How well the estimate foretells the votes of candidates before they are folded in, and then folds them in.
     *
     * @param candidateVectors row-major embeddings of the candidates
     * @return nats a candidate by which the estimate predicted the votes better than equal weights would have
     */
    public double fold(int vote, Population candidates, float[] candidateVectors, NoisyHistogram histogram) {
        PastVote next = new PastVote(
                histogram, metric, neighbors, candidateVectors, embedder.dimension(), candidates.labelOffsets(labels));
        double score = score(next);
        releases.add(next);
        explain(redrawn(settings.degree(vote, votes), seed.derive("pool").derive(vote)), vote < votes ? ROUGH : FINE);
        return score;
    }

    /** A pool drawn from the estimate and varied. */
    private RowPool redrawn(double degree, Seed drawing) {
        RandomGenerator random = drawing.generator();
        int[] sizes = sizes(settings.pool());
        double[] weights = estimate.weights();
        List<TableRow> rows = new ArrayList<>();
        List<Integer> labelOf = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            for (int point : pool.drawn(weights, label, sizes[label], random)) {
                rows.add(samplers[label].varied(pool.row(point), degree, random));
                labelOf.add(label);
            }
        }
        return new RowPool(rows, labelOf, embedder);
    }

    /** Against a prediction that gives every candidate of a label the same votes. */
    private double score(PastVote vote) {
        double[] even = new double[pool.size()];
        int[] points = new int[labels];
        for (int label : pool.labels()) {
            points[label]++;
        }
        Arrays.setAll(even, i -> totals[pool.label(i)] / points[pool.label(i)]);
        return PredictiveScore.of(estimate, even, vote.over(pool, scale).get(0)).gain();
    }

    private void explain(RowPool points, Tolerance tolerance) {
        List<ReleasedCounts> counts = new ArrayList<>();
        for (PastRelease release : releases) {
            release.over(points, scale).forEach(one -> counts.add(one.againstPrior(PRIOR_WEIGHT)));
        }
        double[] prior = new double[points.size()];
        Arrays.fill(prior, 1);
        List<Total> sums = new ArrayList<>();
        for (double total : totals) {
            // Where every release has a scale of its own, only the shares of the totals mean something.
            sums.add(scale == ReleasedCounts.Scale.ONE ? new Total.Free() : new Total.Known(total));
        }
        estimate = Estimator.explain(
                Points.of(prior, points.labels(), sums),
                counts,
                estimate == null ? Duals.none() : estimate.duals(),
                tolerance);
        pool = points;
        double[] weights = estimate.weights();
        Arrays.fill(totals, 0);
        for (int i = 0; i < weights.length; i++) {
            totals[points.label(i)] += weights[i];
        }
    }

    /** Rows to publish, drawn from the estimate in even steps. */
    public Population sample(int iteration, int number) {
        RandomGenerator random = seed.derive("sample").generator();
        int[] counts = LabelAllocation.allocate(number, totals);
        double[] weights = estimate.weights();
        List<Sample> samples = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int[] drawn = pool.drawn(weights, label, counts[label], random);
            for (int n = 0; n < drawn.length; n++) {
                samples.add(new Sample("s.l" + label + ".n" + n, label, pool.row(drawn[n]), ""));
            }
        }
        return new Population(iteration, samples);
    }

    /** The points that have weight, label after label. Of a run that counts records, they weigh about as much as there are. */
    public WeightedSamples points() {
        double[] weights = estimate.weights();
        List<Sample> samples = new ArrayList<>();
        List<Double> positive = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                samples.add(new Sample("p" + i, pool.label(i), pool.row(i), ""));
                positive.add(weights[i]);
            }
        }
        return new WeightedSamples(samples, positive);
    }
}

package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.estimate.Tolerance;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.MarginalQuery.Marginal;
import org.privateevolution.table.RowSampler;
import org.privateevolution.table.RowStructure;
import org.privateevolution.vector.Metric;

/**
 * A table's estimate in the course of a run: pools of rows with weights that explain every release so far. After each
 * release, every pool is drawn anew from its own estimate and varied, and the new pool is fitted to all releases. Pools
 * differ in their {@link Tuning}; candidates and published rows come from the pool that has predicted the votes best.
 * Reads released numbers only: it is a pure function of them, the seed and the candidates of past votes.
 */
public final class TableEstimate {

    /** How often a candidate that equals an earlier one is varied again before it is dropped. */
    private static final int ATTEMPTS = 10;
    /**
     * The smallest average number of rows per candidate, relative to the noise of its votes; below it a vote says
     * almost nothing.
     */
    private static final double SIGNAL = 0.25;
    /** Fewer candidates than this show little of a table's shape, however small their noise. */
    private static final int FEWEST_CANDIDATES = 100;
    /** All fits compete at every third vote. In between only the leading one is updated, which halves the time. */
    private static final int VOTES_PER_TRIAL = 3;
    /** The share of its score that a fit keeps from trial to trial, so that about five trials count. */
    private static final double MEMORY = 0.8;
    /** The largest number of pools drawn after one release. */
    private static final int MOST_POOLS = 20;
    /** No more pools are drawn if a pool leaves at least this share of its predecessor's misfit. */
    private static final double SETTLED = 0.98;
    /** The tolerated distance from the optimal weights during the run, far below the noise. */
    private static final Tolerance ROUGH = new Tolerance(0.02, 60);

    private static final Tolerance FINE = new Tolerance(0.005, 300);

    private final TableSchema schema;
    private final int labels;
    private final TabularEmbedder embedder;
    private final Metric metric;
    private final int neighbors;
    private final int votes;
    private final ReleasedCounts.Scale scale;
    private final Settings settings;
    private final Seed seed;
    private final RowStructure rules;
    private final MarginalChoice choice;
    private Constraints constraints;
    private final List<PastRelease> releases = new ArrayList<>();
    private final List<FittedRows> fits = new ArrayList<>();

    private ColumnMarginals columns;
    private Map<Marginal, PairExcess> excess = Map.of();
    private RowVariation variation;
    private RowSampler obeying;

    private double[] records = {};
    private double recordsNoise;
    /** Whether all fits explain all releases so far, so that the next vote can compare them. */
    private boolean level;

    /**
     * Settings that can be chosen without data.
     *
     * @param pool number of rows of each pool during the run
     * @param lastPool number of rows of the pool that the published rows come from
     * @param tunings that the run chooses from
     */
    public record Settings(int pool, int lastPool, List<Tuning> tunings) {
        /** Chosen by measurement, see docs/quality.md. */
        public static final Settings DEFAULT = of(8_000, 20_000);

        /** For an estimate without votes, where nothing distinguishes one tuning from another. */
        public static final Settings WITHOUT_VOTES =
                new Settings(DEFAULT.pool, DEFAULT.lastPool, DEFAULT.tunings.subList(0, 1));

        /**
         * For joined rows of clients, without votes on them. What no release has counted is kept by chance alone from
         * one pool to the next, so the pools are larger and varied more, see docs/clients.md.
         */
        public static final Settings CLIENTS = new Settings(16_000, 40_000, List.of(new Tuning(0.2, 0.15, 0.15)));

        /** The usual tunings. */
        public static Settings of(int pool, int lastPool) {
            return new Settings(
                    pool,
                    lastPool,
                    List.of(new Tuning(0.2, 0.2, 0.02), new Tuning(0.2, 0.2, 0.005), new Tuning(0.07, 0.2, 0.02)));
        }
    }

    /**
     * @param embedder the one that embeds the private rows
     * @param neighbors number of nearest candidates that share a vote
     * @param votes number of votes of the whole run
     * @param unit the unit that counts once in every release
     * @param constraints constraints that all rows obey
     * @param rules what holds for all rows beside the declarations of their columns
     */
    public TableEstimate(
            TableSchema schema,
            int labels,
            TabularEmbedder embedder,
            Metric metric,
            int neighbors,
            int votes,
            PrivacyUnit unit,
            Constraints constraints,
            Settings settings,
            Seed seed,
            RowStructure rules) {
        this.schema = schema;
        this.rules = rules;
        this.labels = labels;
        this.embedder = embedder;
        this.metric = metric;
        this.neighbors = neighbors;
        this.votes = votes;
        this.scale = unit == PrivacyUnit.CLIENT ? ReleasedCounts.Scale.FREE : ReleasedCounts.Scale.ONE;
        this.constraints = constraints;
        this.settings = settings;
        this.seed = seed.derive("estimate");
        this.choice = new MarginalChoice(schema, labels, rules);
    }

    /**
     * The number of the vote after which the second marginals are counted, unless the run has already gone further
     * without them.
     */
    public static int votesBeforeSecondMarginals(int votes) {
        return votes / 3;
    }

    /** The marginals that a run counts before its first vote. */
    public MarginalQuery firstMarginals() {
        return choice.columns();
    }

    /** Starts the estimate from the counts of {@link #firstMarginals}. */
    public void start(NoisyHistogram released) {
        PastMarginals first = new PastMarginals(new MarginalCells(schema, labels, firstMarginals()), released);
        columns = ColumnMarginals.of(first, labels);
        variation = new RowVariation(columns.samplers(), rules);
        obeying = constraints.obeying(variation);
        records = columns.totals();
        recordsNoise = columns.totalNoise();
        // If each release has a scale of its own, a release must not be split into several.
        releases.add(scale == ReleasedCounts.Scale.ONE ? new PastColumns(first, labels, columns.merged()) : first);
        for (Tuning tuning : settings.tunings()) {
            FittedRows fit = new FittedRows(tuning, scale, embedder, columns.tails(), columns.totals());
            fit.start(releases, obeying, settings.pool(), seed.derive("pool").derive(0), ROUGH);
            fits.add(fit);
        }
        level = true;
    }

    /** Number of records of each label, as estimated from the first marginals. */
    public double[] records() {
        return records.clone();
    }

    /** The standard deviation of each entry of {@link #records}. */
    public double recordsNoise() {
        return recordsNoise;
    }

    /**
     * The marginals that a run counts second, chosen by the estimate so far.
     *
     * @param noiseMultiplier of their release
     */
    public MarginalQuery secondMarginals(double noiseMultiplier) {
        FittedRows best = best();
        return choice.next(
                rows(), noiseMultiplier, most -> columns.evenlyFilled(schema, most), best.pool(), best.weights());
    }

    /** The marginals of all pairs of columns, in few cells. */
    public MarginalQuery allPairs() {
        return choice.all(most -> columns.evenlyFilled(schema, most));
    }

    /** Adds the marginals of {@link #allPairs}, counted before any vote. */
    public void foldPairs(MarginalQuery query, NoisyHistogram released) {
        FittedRows best = best();
        PastMarginals glance = new PastMarginals(new MarginalCells(schema, labels, query), released);
        excess = PairExcess.of(query.marginals(), glance, best.pool(), best.weights());
        fold(0, query, released);
    }

    /**
     * The marginals of the pairs that depend on each other, as {@link #foldPairs} has shown.
     *
     * @param noiseMultiplier of their release
     */
    public MarginalQuery strongPairs(double noiseMultiplier) {
        return choice.strong(rows(), noiseMultiplier, most -> columns.evenlyFilled(schema, most), excess);
    }

    /**
     * Adds the second marginals, or later ones, to the estimate.
     *
     * @param vote number of the vote after which they were counted
     */
    public void fold(int vote, MarginalQuery query, NoisyHistogram released) {
        PastMarginals second = new PastMarginals(new MarginalCells(schema, labels, query), released);
        releases.add(second);
        variation = variation.keeping(FunctionalPairs.of(schema, labels, query.marginals(), second, columns));
        obeying = constraints.obeying(variation);
        double progress = progress(vote + 1);
        Seed drawing = seed.derive("pool after marginals");
        fits.parallelStream().forEach(fit -> settle(fit, progress, drawing));
        level = true;
    }

    /**
     * Draws pools until the next one would hardly explain more. If columns depend strongly on each other, the rows of
     * one pool leave empty most of the pairs' cells that should be filled, and each further pool fewer of them.
     */
    private void settle(FittedRows fit, double progress, Seed drawing) {
        double before = Double.POSITIVE_INFINITY;
        for (int n = 0; n < MOST_POOLS; n++) {
            fit.follow(releases, obeying, settings.pool(), progress, drawing.derive(n), ROUGH);
            if (fit.objective() > SETTLED * before) {
                return;
            }
            before = fit.objective();
        }
    }

    private void follow(List<FittedRows> some, double progress, Seed drawing) {
        some.parallelStream().forEach(fit -> fit.follow(releases, obeying, settings.pool(), progress, drawing, ROUGH));
    }

    /**
     * The candidates of a vote: drawn from the estimate and varied; all candidates of a label are different.
     *
     * @param most largest number of candidates; fewer are made if each would get too few records for the noise of its
     *     votes
     * @param noiseMultiplier of the vote
     */
    public Population candidates(int vote, int most, double noiseMultiplier) {
        RandomGenerator random = seed.derive("candidates").derive(vote).generator();
        FittedRows best = best();
        double degree = best.tuning().degree(progress(vote)) / 2;
        int[] sizes =
                best.sizes((int) Math.min(most, Math.max(FEWEST_CANDIDATES, rows() / (noiseMultiplier * SIGNAL))));
        List<Sample> samples = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int[] drawn = best.drawn(label, sizes[label], random);
            Set<TableRow> standing = new HashSet<>();
            for (int n = 0; n < drawn.length; n++) {
                for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                    TableRow varied =
                            obeying.varied(label, best.pool().row(drawn[n]), Math.min(1, degree * attempt), random);
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
     * Scores the estimate by the votes of candidates, then adds these votes to the estimate.
     *
     * @param candidateVectors row-major embeddings of the candidates
     * @return how much better than equal weights the estimate predicted the votes, in nats per candidate
     */
    public double fold(int vote, Population candidates, float[] candidateVectors, NoisyHistogram histogram) {
        PastVote next = new PastVote(
                histogram, metric, neighbors, candidateVectors, embedder.dimension(), candidates.labelOffsets(labels));
        FittedRows leading = best();
        double gain = leading.gain(next);
        if (level) {
            fits.forEach(fit -> fit.judge(fit == leading ? gain : fit.gain(next), MEMORY));
        }
        releases.add(next);
        Seed drawing = seed.derive("pool").derive(vote);
        level = vote % VOTES_PER_TRIAL == 0;
        follow(level ? fits : List.of(best()), progress(vote), drawing);
        return gain;
    }

    /**
     * Fits all releases once more, with the number of rows of the published pool. Values that columns determine are
     * learnt first, from the estimate so far, so that its last weights are fitted to rows that have them.
     */
    public void finish() {
        Seed drawing = seed.derive("last pool");
        if (constraints.areLearnt()) {
            WeightedSamples known = points();
            constraints = constraints.learn(known.samples(), known.weights());
            obeying = constraints.obeying(variation);
        }
        settle(best(), 1, drawing);
        best().follow(releases, obeying, settings.lastPool(), 1, drawing.derive("large"), FINE);
    }

    /** Draws the rows to publish from the estimate, by systematic sampling. */
    public Population sample(int iteration, int number) {
        RandomGenerator random = seed.derive("sample").generator();
        FittedRows best = best();
        int[] counts = LabelAllocation.allocate(number, LabelAllocation.shares(best.totals()));
        List<Sample> samples = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int[] drawn = best.drawn(label, counts[label], random);
            for (int n = 0; n < drawn.length; n++) {
                samples.add(
                        new Sample("s.l" + label + ".n" + n, label, best.pool().row(drawn[n]), ""));
            }
        }
        return new Population(iteration, samples);
    }

    /**
     * The points that have weight, ordered by label. If records are the unit, the weights sum to about their number.
     */
    public WeightedSamples points() {
        FittedRows best = best();
        double[] weights = best.weights();
        List<Sample> samples = new ArrayList<>();
        List<Double> positive = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                samples.add(
                        new Sample("p" + i, best.pool().label(i), best.pool().row(i), ""));
                positive.add(weights[i]);
            }
        }
        return new WeightedSamples(samples, positive);
    }

    /** The marginals released so far, over one row of each sample. */
    List<ReleasedCounts> marginals(List<Sample> samples) {
        RowPool pool = new RowPool(
                samples.stream()
                        .map(sample -> sample.payload().row().orElseThrow())
                        .toList(),
                samples.stream().map(Sample::label).toList(),
                embedder);
        return releases.stream()
                .filter(release -> !(release instanceof PastVote))
                .flatMap(release -> release.over(pool, scale).stream())
                .toList();
    }

    /** Returns a sampler that draws rows from the current estimate, and varies them. */
    public RowSampler sampler() {
        return new EstimatedRows(labels, points(), obeying);
    }

    /** The fit that has predicted the votes best; of equal ones the first. */
    private FittedRows best() {
        return fits.stream()
                .max(Comparator.comparingDouble(FittedRows::score)
                        .thenComparing(fits::indexOf, Comparator.reverseOrder()))
                .orElseThrow();
    }

    private double rows() {
        return Arrays.stream(best().totals()).sum();
    }

    private double progress(int vote) {
        return votes < 2 ? 1 : Math.min(1, (vote - 1.0) / (votes - 1));
    }
}

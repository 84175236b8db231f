package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
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
import org.privateevolution.table.RowSampler;
import org.privateevolution.vector.Metric;

/**
 * A table's estimate as a run goes on: pools of rows with weights that explain every release so far. After each release a
 * pool is drawn anew from its estimate and varied, and all releases are explained by the new one. Pools differ in their {@link
 * Tuning}; the one that foretold the votes best gives the candidates, and what is published. Reads released numbers only; a
 * pure function of them, the seed and the candidates of past votes.
 */
public final class TableEstimate {

    /** How often a candidate that stands already is varied again before it is left out. */
    private static final int ATTEMPTS = 10;
    /** Rows of a candidate, on average, against the noise of its votes: with fewer, a vote says next to nothing. */
    private static final double SIGNAL = 0.25;
    /** Fewer candidates than this tell little of a table's shape, whatever their noise. */
    private static final int FEWEST_CANDIDATES = 100;
    /** At every third vote all fits compete; in between only the leading one follows, which takes half the time. */
    private static final int VOTES_PER_TRIAL = 3;
    /** What a score keeps of its value from trial to trial: about five trials count. */
    private static final double MEMORY = 0.8;
    /** Pools that are drawn after one release at most. */
    private static final int MOST_POOLS = 20;
    /** The share of the pool before that a pool has to leave unexplained for there to be no more. */
    private static final double SETTLED = 0.98;
    /** Tolerated distance between found and optimal weights while the run goes on: far below the noise. */
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
    private final MarginalChoice choice;
    private final List<PastRelease> releases = new ArrayList<>();
    private final List<FittedRows> fits = new ArrayList<>();

    private ColumnMarginals columns;
    private RowVariation variation;

    private double[] records = {};
    private double recordsNoise;
    /** Whether all fits explain all releases so far, so that the next vote may judge between them. */
    private boolean level;

    /**
     * Settings that no data are needed to choose.
     *
     * @param pool rows of each pool while the run goes on
     * @param lastPool rows of the pool that is published from
     * @param tunings that the run chooses from
     */
    public record Settings(int pool, int lastPool, List<Tuning> tunings) {
        /** Measured, see docs/quality.md. */
        public static final Settings DEFAULT = of(8_000, 20_000);

        /** For an estimate that no votes are folded into, so that nothing tells one tuning from another. */
        public static final Settings WITHOUT_VOTES =
                new Settings(DEFAULT.pool, DEFAULT.lastPool, DEFAULT.tunings.subList(0, 1));

        /** The usual tunings. */
        public static Settings of(int pool, int lastPool) {
            return new Settings(
                    pool,
                    lastPool,
                    List.of(new Tuning(0.2, 0.2, 0.02), new Tuning(0.2, 0.2, 0.005), new Tuning(0.07, 0.2, 0.02)));
        }
    }

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

    /** The vote that the second marginals are counted after, unless the run has gone further without them. */
    public static int votesBeforeSecondMarginals(int votes) {
        return votes / 3;
    }

    /** The marginals that a run counts before its first vote. */
    public MarginalQuery firstMarginals() {
        return choice.columns();
    }

    /** Starts from the {@link #firstMarginals}. */
    public void start(NoisyHistogram released) {
        PastMarginals first = new PastMarginals(new MarginalCells(schema, labels, firstMarginals()), released);
        columns = ColumnMarginals.of(first, labels);
        variation = new RowVariation(columns.samplers());
        records = columns.totals();
        recordsNoise = columns.totalNoise();
        // Where each release has a scale of its own, parts of one must not be told apart.
        releases.add(scale == ReleasedCounts.Scale.ONE ? new PastColumns(first, labels, columns.groups()) : first);
        for (Tuning tuning : settings.tunings()) {
            FittedRows fit = new FittedRows(tuning, scale, embedder, columns.totals());
            fit.start(releases, variation, settings.pool(), seed.derive("pool").derive(0), ROUGH);
            fits.add(fit);
        }
        level = true;
    }

    /** Records of each label, as the first marginals tell. */
    public double[] records() {
        return records.clone();
    }

    /** Standard deviation of each of {@link #records}. */
    public double recordsNoise() {
        return recordsNoise;
    }

    /**
     * The marginals that a run counts second, which follow from what is known by then.
     *
     * @param noiseMultiplier of their release
     */
    public MarginalQuery secondMarginals(double noiseMultiplier) {
        FittedRows best = best();
        return choice.next(
                rows(), noiseMultiplier, most -> columns.evenlyFilled(schema, most), best.pool(), best.weights());
    }

    /**
     * Folds in the second marginals.
     *
     * @param vote that they were counted after
     */
    public void fold(int vote, MarginalQuery query, NoisyHistogram released) {
        PastMarginals second = new PastMarginals(new MarginalCells(schema, labels, query), released);
        releases.add(second);
        variation = variation.keeping(FunctionalPairs.of(schema, labels, query.marginals(), second, columns));
        double progress = progress(vote + 1);
        Seed drawing = seed.derive("pool after marginals");
        fits.parallelStream().forEach(fit -> settle(fit, progress, drawing));
        level = true;
    }

    /**
     * Where columns depend on each other strongly, the rows of one pool leave most of the pairs' cells empty that should be filled,
     * and each further pool fewer: until the next one would hardly explain more.
     */
    private void settle(FittedRows fit, double progress, Seed drawing) {
        double before = Double.POSITIVE_INFINITY;
        for (int n = 0; n < MOST_POOLS; n++) {
            fit.follow(releases, variation, settings.pool(), progress, drawing.derive(n), ROUGH);
            if (fit.objective() > SETTLED * before) {
                return;
            }
            before = fit.objective();
        }
    }

    private void follow(List<FittedRows> some, double progress, Seed drawing) {
        some.parallelStream()
                .forEach(fit -> fit.follow(releases, variation, settings.pool(), progress, drawing, ROUGH));
    }

    /**
     * The candidates of a vote: drawn from the estimate and varied; no two of a label are equal.
     *
     * @param most fewer stand where each would have less than its noise
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
                            variation.varied(label, best.pool().row(drawn[n]), Math.min(1, degree * attempt), random);
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

    /** Explains all releases once more, by as many rows as are published from. */
    public void finish() {
        Seed drawing = seed.derive("last pool");
        settle(best(), 1, drawing);
        best().follow(releases, variation, settings.lastPool(), 1, drawing.derive("large"), FINE);
    }

    /** Rows to publish, drawn from the estimate in even steps. */
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

    /** The points that have weight, label after label. Of a run that counts records, they weigh about as much as there are. */
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

    /** Draws rows from the estimate as it is, and varies them. */
    public RowSampler sampler() {
        return new EstimatedRows(labels, points(), variation);
    }

    /** The one that foretold the votes best; of equals the first. */
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

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
import org.privateevolution.estimate.EvenDraw;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.Points;
import org.privateevolution.estimate.PredictiveScore;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.estimate.Tolerance;
import org.privateevolution.estimate.Total;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalSampler;
import org.privateevolution.table.TableBins;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
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

    private record Vote(List<CandidateIndex> indexes, int[] offsets, NoisyHistogram histogram) {}

    private record MarginalRelease(MarginalCells cells, NoisyHistogram histogram) {}

    private final TableBins bins;
    private final int labels;
    private final TabularEmbedder embedder;
    private final Metric metric;
    private final int neighbors;
    private final int votes;
    private final Settings settings;
    private final Seed seed;
    private final List<MarginalRelease> marginals = new ArrayList<>();
    private final List<Vote> cast = new ArrayList<>();

    private MarginalSampler[] samplers;
    private TableRow[] rows = {};
    private int[] labelOf = {};
    private double[] weights = {};
    private float[] vectors = {};
    /** Null before the first. */
    private Estimate estimate;

    private double[] totals;

    /**
     * @param embedder the one that private rows are embedded by
     * @param neighbors nearest candidates that share a vote
     * @param votes number of votes of the whole run
     */
    public TableEstimate(
            TableSchema schema,
            int labels,
            TabularEmbedder embedder,
            Metric metric,
            int neighbors,
            int votes,
            Settings settings,
            Seed seed) {
        this.bins = new TableBins(schema);
        this.labels = labels;
        this.embedder = embedder;
        this.metric = metric;
        this.neighbors = neighbors;
        this.votes = votes;
        this.settings = settings;
        this.seed = seed.derive("estimate");
    }

    /** Whether a table has pairs of columns whose marginals are worth their noise. */
    public static boolean releasesPairs(TableSchema schema, int labels) {
        return MarginalCells.ofPairs(new TableBins(schema), labels).marginals() > 0;
    }

    /** The marginals that a run buys before its first vote: of all columns, then of all pairs. */
    public List<MarginalCells> wanted() {
        MarginalCells pairs = MarginalCells.ofPairs(bins, labels);
        MarginalCells columns = MarginalCells.ofColumns(bins, labels);
        return pairs.marginals() == 0 ? List.of(columns) : List.of(columns, pairs);
    }

    /**
     * Starts from released marginals, in the order of {@link #wanted}.
     *
     * @param released one histogram for each
     */
    public void start(List<NoisyHistogram> released) {
        List<MarginalCells> wanted = wanted();
        for (int i = 0; i < wanted.size(); i++) {
            marginals.add(new MarginalRelease(wanted.get(i), released.get(i)));
        }
        ColumnMarginals columns = ColumnMarginals.of(bins, labels, wanted.get(0), released.get(0));
        totals = columns.totals();
        samplers = columns.samplers();
        RandomGenerator random = seed.derive("pool").derive(0).generator();
        int[] sizes = sizes(settings.pool());
        List<TableRow> drawn = new ArrayList<>();
        List<Integer> drawnLabels = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            for (int n = 0; n < sizes[label]; n++) {
                drawn.add(samplers[label].random(random));
                drawnLabels.add(label);
            }
        }
        explain(drawn, drawnLabels, ROUGH);
    }

    /** Shares out a number over the labels by their estimated totals. */
    private int[] sizes(int number) {
        int[] sizes = LabelAllocation.allocate(number, totals);
        Arrays.setAll(sizes, label -> Math.max(FEWEST, sizes[label]));
        return sizes;
    }

    /** The candidates of a vote: drawn from the estimate and varied; no two of a label are equal. */
    public Population candidates(int vote, int number) {
        RandomGenerator random = seed.derive("candidates").derive(vote).generator();
        double degree = settings.degree(vote, votes) / 2;
        int[] sizes = sizes(number);
        List<Sample> samples = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int[] drawn = drawn(label, sizes[label], random);
            Set<TableRow> standing = new HashSet<>();
            for (int n = 0; n < drawn.length; n++) {
                TableRow row = rows[drawn[n]];
                for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                    TableRow varied = samplers[label].varied(row, Math.min(1, degree * attempt), random);
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
        int[] offsets = candidates.labelOffsets(labels);
        List<CandidateIndex> indexes = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int from = offsets[label] * embedder.dimension();
            int to = offsets[label + 1] * embedder.dimension();
            indexes.add(
                    from == to
                            ? null
                            : Kernels.calibrated()
                                    .index(
                                            metric,
                                            embedder.dimension(),
                                            List.of(Arrays.copyOfRange(candidateVectors, from, to))));
        }
        Vote next = new Vote(indexes, offsets, histogram);
        double score = score(next);
        cast.add(next);
        double degree = settings.degree(vote, votes);
        RandomGenerator random = seed.derive("pool").derive(vote).generator();
        int[] sizes = sizes(settings.pool());
        List<TableRow> varied = new ArrayList<>();
        List<Integer> variedLabels = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            for (int point : drawn(label, sizes[label], random)) {
                varied.add(samplers[label].varied(rows[point], degree, random));
                variedLabels.add(label);
            }
        }
        explain(varied, variedLabels, vote < votes ? ROUGH : FINE);
        return score;
    }

    /** Against a prediction that gives every candidate of a label the same votes. */
    private double score(Vote vote) {
        ReleasedCounts release = counts(vote);
        double[] even = new double[weights.length];
        int[] points = new int[labels];
        for (int label : labelOf) {
            points[label]++;
        }
        Arrays.setAll(even, i -> totals[labelOf[i]] / points[labelOf[i]]);
        return PredictiveScore.of(estimate, even, release).gain();
    }

    /** Points of a label, each as often as its weight wants it. */
    private int[] drawn(int label, int number, RandomGenerator random) {
        double[] own = new double[weights.length];
        Arrays.setAll(own, i -> labelOf[i] == label ? weights[i] : 0);
        if (Arrays.stream(own).allMatch(weight -> weight == 0)) {
            Arrays.setAll(own, i -> labelOf[i] == label ? 1 : 0);
        }
        return EvenDraw.of(own, number, random);
    }

    private void explain(List<TableRow> pool, List<Integer> poolLabels, Tolerance tolerance) {
        rows = pool.toArray(TableRow[]::new);
        labelOf = poolLabels.stream().mapToInt(Integer::intValue).toArray();
        vectors = embedder.embed(pool);
        List<ReleasedCounts> releases = new ArrayList<>();
        int[][] cells = new int[rows.length][];
        // As private rows are: from their vectors.
        Arrays.setAll(cells, i -> bins.cells(embedder.row(vectors, i * embedder.dimension())));
        for (MarginalRelease release : marginals) {
            addMarginals(release, cells, releases);
        }
        cast.forEach(vote -> releases.add(counts(vote)));
        double[] prior = new double[rows.length];
        Arrays.fill(prior, 1);
        List<Total> free = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            free.add(new Total.Free());
        }
        estimate = Estimator.explain(
                Points.of(prior, labelOf, free),
                releases,
                estimate == null ? Duals.none() : estimate.duals(),
                tolerance);
        weights = estimate.weights();
        Arrays.fill(totals, 0);
        for (int i = 0; i < weights.length; i++) {
            totals[labelOf[i]] += weights[i];
        }
    }

    /** Each marginal is a partition of its own, on which counts stand for whole rows. */
    private void addMarginals(MarginalRelease release, int[][] columnCells, List<ReleasedCounts> into) {
        MarginalCells cells = release.cells;
        int width = cells.marginals();
        double scale = Math.sqrt(width);
        int[][] cellOf = new int[width][rows.length];
        int[] row = new int[width];
        for (int i = 0; i < rows.length; i++) {
            cells.cells(labelOf[i], columnCells[i], row, 0);
            for (int m = 0; m < width; m++) {
                cellOf[m][i] = row[m] - cells.offset(m);
            }
        }
        for (int m = 0; m < width; m++) {
            double[] counts = new double[cells.cells(m)];
            int offset = cells.offset(m);
            Arrays.setAll(counts, cell -> release.histogram.votes(offset + cell) * scale);
            into.add(ReleasedCounts.of(
                    Partition.of(counts.length, cellOf[m]), counts, release.histogram.noiseMultiplier() * scale));
        }
    }

    private ReleasedCounts counts(Vote vote) {
        double[] counts = new double[vote.histogram.candidates()];
        Arrays.setAll(counts, vote.histogram::votes);
        return ReleasedCounts.of(partition(vote), counts, vote.histogram.noiseMultiplier());
    }

    private Partition partition(Vote vote) {
        int cells = vote.histogram.candidates();
        int width = neighbors;
        int[] nearest = new int[rows.length * width];
        Arrays.fill(nearest, Partition.NO_CELL);
        for (int first = 0; first < rows.length; ) {
            int label = labelOf[first];
            int end = first + 1;
            while (end < rows.length && labelOf[end] == label) {
                end++;
            }
            CandidateIndex index = vote.indexes.get(label);
            if (index != null) {
                int k = Math.min(width, index.size());
                int[] found = new int[(end - first) * k];
                index.search(vectors, first, end - first, k, found);
                for (int i = first; i < end; i++) {
                    for (int j = 0; j < k; j++) {
                        nearest[i * width + j] = vote.offsets[label] + found[(i - first) * k + j];
                    }
                }
            }
            first = end;
        }
        return width == 1 ? Partition.of(cells, nearest) : Partition.ofNeighbors(cells, width, nearest);
    }

    /** Rows to publish, drawn from the estimate in even steps and put into random order. */
    public Population sample(int iteration, int number) {
        RandomGenerator random = seed.derive("sample").generator();
        int[] counts = LabelAllocation.allocate(number, totals);
        List<Sample> samples = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int[] drawn = drawn(label, counts[label], random);
            for (int n = 0; n < drawn.length; n++) {
                samples.add(new Sample("s.l" + label + ".n" + n, label, (Payload) rows[drawn[n]], ""));
            }
        }
        return new Population(iteration, samples);
    }
}

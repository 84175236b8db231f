package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.RowStructure;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

/** On a table whose two numbers sum to about 100 where the label is 0, and are equal where it is 1. */
class TableEstimateTest {

    private static final TableSchema SCHEMA = new TableSchema(List.of(
            new NumericColumn("x", ColumnType.parse("integer"), 0, 100, false, false),
            new NumericColumn("y", ColumnType.parse("integer"), 0, 100, false, false),
            new CategoricalColumn("c", ColumnType.parse("string"), List.of("a", "b", "never"), false, null)));

    private static final int LABELS = 2;
    private static final int ROWS = 4_000;
    private static final int VOTES = 4;
    private static final int CANDIDATES = 200;
    /** Little, against thousands of records. */
    private static final double SIGMA = 2;

    private final TabularEmbedder embedder = new TabularEmbedder(SCHEMA, 1, 1.0 / 3);
    private final List<TableRow> rows = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    TableEstimateTest() {
        SplittableRandom random = new SplittableRandom(8);
        for (int n = 0; n < ROWS; n++) {
            int label = n % 4 == 0 ? 1 : 0;
            int x = random.nextInt(101);
            labels.add(label);
            rows.add(new TableRow(new double[] {x, label == 1 ? x : 100 - x, random.nextInt(10) == 0 ? 1 : 0}));
        }
    }

    @Test
    void whatIsPublishedExplainsTheReleases() {
        TableEstimate estimate = estimate();
        run(estimate);

        Population published = estimate.sample(VOTES, 2_000);

        assertThat(published.size()).isEqualTo(2_000);
        assertThat(published.labelOffsets(LABELS)[1]).isCloseTo(1_500, within(20));
        double apart = 0;
        int never = 0;
        int second = 0;
        for (int i = 0; i < published.size(); i++) {
            TableRow row = (TableRow) published.samples().get(i).payload();
            double expected = published.samples().get(i).label() == 1 ? row.code(0) : 100 - row.code(0);
            apart += Math.abs(row.code(1) - expected) / published.size();
            never += row.code(2) == 2 ? 1 : 0;
            second += row.code(2) == 1 ? 1 : 0;
        }
        // Rows with independent columns are 33 apart.
        assertThat(apart).isLessThan(8);
        assertThat(never).isLessThan(20);
        assertThat(second).isCloseTo(200, within(40));
    }

    @Test
    void pointsWeighAsMuchAsThereAreRecords() {
        TableEstimate estimate = estimate();
        run(estimate);

        WeightedSamples points = estimate.points();

        double[] weights = new double[LABELS];
        for (int i = 0; i < points.samples().size(); i++) {
            assertThat(points.weights().get(i)).isPositive();
            weights[points.samples().get(i).label()] += points.weights().get(i);
        }
        assertThat(weights[0]).isCloseTo(3_000, within(60.0));
        assertThat(weights[1]).isCloseTo(1_000, within(60.0));
        assertThat(points.samples().stream().map(Sample::label)).isSorted();
    }

    @Test
    void equalReleasesGiveEqualEstimates() {
        TableEstimate first = estimate();
        TableEstimate second = estimate();
        run(first);
        run(second);

        assertThat(first.sample(VOTES, 500)).isEqualTo(second.sample(VOTES, 500));
    }

    @Test
    void noCandidateStandsTwice() {
        TableEstimate estimate = estimate();
        estimate.start(counted(estimate.firstMarginals()));

        Population candidates = estimate.candidates(1, CANDIDATES, SIGMA);

        for (int label = 0; label < LABELS; label++) {
            int[] offsets = candidates.labelOffsets(LABELS);
            assertThat(new HashSet<>(candidates.payloads().subList(offsets[label], offsets[label + 1])))
                    .hasSize(offsets[label + 1] - offsets[label]);
        }
    }

    @Test
    void theScoreTellsAnEstimateThatForetellsVotesFromOneThatDoesNot() {
        TableEstimate good = estimate();
        learnMarginals(good);
        double foretold = vote(good, 1);

        // Marginals of all labels in the place of each other's.
        labels.replaceAll(label -> 1 - label);
        TableEstimate bad = estimate();
        learnMarginals(bad);
        labels.replaceAll(label -> 1 - label);

        assertThat(foretold).isGreaterThan(0).isGreaterThan(vote(bad, 1));
    }

    private TableEstimate estimate() {
        return new TableEstimate(
                SCHEMA,
                LABELS,
                embedder,
                Metric.L2,
                1,
                VOTES,
                PrivacyUnit.RECORD,
                Constraints.NONE,
                TableEstimate.Settings.of(4_000, 6_000),
                new Seed(1),
                RowStructure.NONE);
    }

    private void run(TableEstimate estimate) {
        estimate.start(counted(estimate.firstMarginals()));
        for (int vote = 1; vote <= VOTES; vote++) {
            if (vote == TableEstimate.votesBeforeSecondMarginals(VOTES) + 1) {
                MarginalQuery second = estimate.secondMarginals(SIGMA);
                estimate.fold(TableEstimate.votesBeforeSecondMarginals(VOTES), second, counted(second));
            }
            vote(estimate, vote);
        }
        estimate.finish();
    }

    private void learnMarginals(TableEstimate estimate) {
        estimate.start(counted(estimate.firstMarginals()));
        MarginalQuery second = estimate.secondMarginals(SIGMA);
        estimate.fold(TableEstimate.votesBeforeSecondMarginals(VOTES), second, counted(second));
    }

    private double vote(TableEstimate estimate, int vote) {
        Population candidates = estimate.candidates(vote, CANDIDATES, SIGMA);
        float[] vectors = embedder.embed(candidates.payloads());
        int[] offsets = candidates.labelOffsets(LABELS);
        double[] votes = new double[candidates.size()];
        int dimension = embedder.dimension();
        for (int label = 0; label < LABELS; label++) {
            List<TableRow> own = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                if (labels.get(i) == label) {
                    own.add(rows.get(i));
                }
            }
            int[] nearest = new int[own.size()];
            float[] part =
                    java.util.Arrays.copyOfRange(vectors, offsets[label] * dimension, offsets[label + 1] * dimension);
            Kernels.scalar()
                    .index(Metric.L2, dimension, List.of(part))
                    .search(embedder.embed(own), 0, own.size(), 1, nearest);
            for (int candidate : nearest) {
                votes[offsets[label] + candidate]++;
            }
        }
        return estimate.fold(vote, candidates, vectors, released("vote-" + vote, votes));
    }

    private NoisyHistogram counted(MarginalQuery query) {
        MarginalCells cells = new MarginalCells(SCHEMA, LABELS, query);
        double[] votes = new double[cells.size()];
        int[] of = new int[cells.marginals()];
        for (int i = 0; i < rows.size(); i++) {
            cells.cells(labels.get(i), rows.get(i), of);
            for (int cell : of) {
                votes[cell] += 1 / Math.sqrt(of.length);
            }
        }
        return released("marginals-" + query.marginals().size(), votes);
    }

    private static NoisyHistogram released(String id, double... votes) {
        long[] grid = new long[votes.length];
        java.util.Arrays.setAll(grid, i -> Math.round(votes[i] * (1L << 30)));
        return NoisyHistogram.restored(id, SIGMA, grid);
    }
}

package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.TableBins;

/** On one column with a cell for each of 0 to 5, and two labels. */
class PastColumnsTest {

    private static final TableSchema SCHEMA =
            new TableSchema(List.of(new NumericColumn("n", ColumnType.parse("integer"), 0, 5, false, false)));

    private static final int LABELS = 2;
    private static final int CELLS = 6;
    private static final double SIGMA = 3;

    private final MarginalCells cells = new MarginalCells(
            SCHEMA,
            LABELS,
            new MarginalQuery(TableBins.fine(SCHEMA, 20), MarginalQuery.columns(SCHEMA.size(), LABELS)));
    /**
     * Counts of the labels: 100 and 200; of the column: 1 to 6 within the first label, 11 to 16 within the second; all
     * divided by sqrt(2).
     */
    private final NoisyHistogram released = released(100, 200, 1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16);
    /** One row of each value within each label. */
    private final RowPool pool = new RowPool(
            IntStream.range(0, LABELS * CELLS)
                    .mapToObj(i -> new TableRow(new double[] {i % CELLS}))
                    .toList(),
            IntStream.range(0, LABELS * CELLS).mapToObj(i -> i / CELLS).toList(),
            new TabularEmbedder(SCHEMA, 1, 1.0 / 3));

    private static NoisyHistogram released(double... rows) {
        long[] grid = new long[rows.length];
        Arrays.setAll(grid, i -> Math.round(rows[i] / Math.sqrt(2) * (1L << 30)));
        return NoisyHistogram.restored("first", SIGMA, grid);
    }

    private List<ReleasedCounts> grouped(int... groups) {
        double[] weights = new double[groups.length];
        Arrays.fill(weights, 1);
        return grouped(new MergedCells(groups, weights));
    }

    private List<ReleasedCounts> grouped(MergedCells merged) {
        return new PastColumns(new PastMarginals(cells, released), LABELS, List.of(merged))
                .over(pool, ReleasedCounts.Scale.ONE);
    }

    private static double[] counts(ReleasedCounts release) {
        return Arrays.stream(release.counts()).map(Math::rint).toArray();
    }

    @Test
    void cellsAloneAreAsTheyWereReleased() {
        List<ReleasedCounts> found = grouped(0, 1, 2, 3, 4, 5);
        List<ReleasedCounts> plain = new PastMarginals(cells, released).over(pool, ReleasedCounts.Scale.ONE);

        assertThat(found).hasSameSizeAs(plain);
        for (int r = 0; r < found.size(); r++) {
            assertThat(found.get(r).counts()).isEqualTo(plain.get(r).counts());
            assertThat(found.get(r).sigma()).isEqualTo(plain.get(r).sigma());
            double[] weights = IntStream.range(0, pool.size()).asDoubleStream().toArray();
            assertThat(found.get(r).partition().sums(weights))
                    .isEqualTo(plain.get(r).partition().sums(weights));
        }
    }

    @Test
    void cellsTogetherHaveTheirSumAndTheNoiseOfAll() {
        List<ReleasedCounts> found = grouped(0, 1, 1, 1, 4, 4);

        List<double[]> counts = new ArrayList<>();
        found.forEach(release -> counts.add(counts(release)));
        assertThat(counts).containsExactly(new double[][] {{100, 200}, {1, 11}, {11, 31}, {9, 39}});
        double[] sizes = {1, 1, 2, 3};
        double[] ones = new double[pool.size()];
        Arrays.fill(ones, 1);
        for (int r = 0; r < found.size(); r++) {
            assertThat(found.get(r).sigma()).isCloseTo(SIGMA * Math.sqrt(2 * sizes[r]), within(1e-12));
        }
        assertThat(found.get(1).partition().sums(ones)).containsExactly(1, 1);
        assertThat(found.get(2).partition().sums(ones)).containsExactly(2, 2);
        assertThat(found.get(3).partition().sums(ones)).containsExactly(3, 3);
    }

    @Test
    void countsOfAGroupAreWeighted() {
        List<ReleasedCounts> found =
                grouped(new MergedCells(new int[] {0, 1, 2, 3, 3, 3}, new double[] {1, 1, 1, 2, 1, 0}));

        assertThat(counts(found.get(2))).containsExactly(2 * 4 + 5, 2 * 14 + 15);
        assertThat(found.get(2).sigma()).isCloseTo(SIGMA * Math.sqrt(2 * 5), within(1e-12));
    }
}

package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Cell;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.table.MarginalCells;

class ReleasedMarginalsTest {

    private static final TableSchema SCHEMA = new TableSchema(List.of(
            new NumericColumn("x", ColumnType.parse("double"), 0, 100, true, false),
            new CategoricalColumn("c", ColumnType.parse("string"), List.of("a", "b"), false, null)));

    @Test
    void sharesAreOverAllLabelsWithSpikesInTheCellsAroundThem() {
        List<Sample> rows = new ArrayList<>();
        for (double[] codes : new double[][] {{0, 0}, {2, 0}, {52, 1}, {TableRow.NULL, 1}}) {
            rows.add(new Sample("s" + rows.size(), rows.size() / 2, new TableRow(codes), ""));
        }
        Population population = new Population(0, rows);

        List<ColumnMarginal> marginals = ReleasedMarginals.of(SCHEMA, 2, released(rows, 0), population);

        assertThat(marginals).hasSize(2);
        ColumnMarginal x = marginals.get(0);
        assertThat(x.cells()).hasSize(21);
        assertThat(x.cells().get(0).synthetic()).isEqualTo(0.5);
        assertThat(x.cells().get(10).synthetic()).isEqualTo(0.25);
        assertThat(x.cells().get(20).text()).isEqualTo(MarginalComparison.NULL_CELL);
        assertThat(x.cells().get(20).synthetic()).isEqualTo(0.25);
        assertThat(marginals.get(1).cells()).extracting(Cell::text).containsExactly("a", "b");
        for (ColumnMarginal marginal : marginals) {
            assertThat(marginal.totalVariation()).isCloseTo(0, within(1e-6));
            assertThat(marginal.cells())
                    .allSatisfy(cell -> assertThat(cell.real()).isCloseTo(cell.synthetic(), within(1e-6)));
        }
        assertThat(x.numbers()).get().satisfies(numbers -> assertThat(numbers.wasserstein())
                .isCloseTo(0, within(1e-6)));
    }

    @Test
    void whatIsReleasedBelowZeroCountsAsNothing() {
        List<Sample> rows = List.of(new Sample("s", 0, new TableRow(new double[] {50, 0}), ""));

        List<ColumnMarginal> marginals = ReleasedMarginals.of(SCHEMA, 2, released(rows, -5), new Population(0, rows));

        assertThat(marginals.get(1).cells())
                .allSatisfy(cell -> assertThat(cell.real()).isBetween(0.0, 1.0));
        assertThat(marginals.get(1).cells().get(1).real()).isZero();
    }

    /** Without noise, but for what every cell has more. */
    private static NoisyHistogram released(List<Sample> rows, int more) {
        MarginalCells cells = new MarginalCells(SCHEMA, 2, new MarginalChoice(SCHEMA, 2).columns());
        long[] votes = new long[cells.size()];
        java.util.Arrays.fill(votes, (long) more << 20);
        int[] of = new int[cells.marginals()];
        for (Sample row : rows) {
            cells.cells(row.label(), (TableRow) row.payload(), of);
            for (int cell : of) {
                votes[cell] += Math.round((1L << 30) / Math.sqrt(of.length));
            }
        }
        return NoisyHistogram.restored("marginals-1", 1, votes);
    }
}

package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.MarginalQuery.Marginal;
import org.privateevolution.table.NumberCells;

/** On tables of ten cells a column, of which each odd column repeats the one before it. */
class MarginalChoiceTest {

    private static final int POINTS = 2_000;

    @Test
    void allPairsAreCountedWhereTheyRiseAboveTheirNoise() {
        MarginalQuery chosen = chosen(6, 10_000, 1);

        assertThat(chosen.marginals()).isEqualTo(MarginalQuery.pairs(6));
    }

    @Test
    void thePairsThatDependMostOnEachOtherComeFirst() {
        // Of 66 pairs, those that rise: (3,000 / 100 / (12 * 0.3)) squared is 69; with a noise of 30, 11; with 35, 8.
        MarginalQuery chosen = chosen(12, 3_000, 35);

        assertThat(chosen.marginals())
                .hasSize(8)
                .contains(new Marginal(0, 1), new Marginal(2, 3), new Marginal(10, 11));
    }

    @Test
    void theColumnsAreCountedAgainInFewerCellsWhereHardlyAPairWouldRise() {
        MarginalQuery chosen = chosen(30, 400, 8);

        assertThat(chosen.marginals()).isEqualTo(MarginalQuery.columns(30, 1));
        assertThat(chosen.numbers().get(0).starts()).hasSizeBetween(4, 19);
    }

    @Test
    void aColumnHasNoPairs() {
        assertThat(chosen(1, 1_000_000, 1).marginals()).isEqualTo(MarginalQuery.columns(1, 1));
    }

    @Test
    void noMoreThanThreeHundredPairsAreCounted() {
        assertThat(chosen(40, 1e9, 1).marginals()).hasSize(300);
    }

    private static MarginalQuery chosen(int columns, double rows, double noiseMultiplier) {
        TableSchema schema = new TableSchema(IntStream.range(0, columns)
                .<Column>mapToObj(c -> new NumericColumn("c" + c, ColumnType.parse("integer"), 0, 99, false, false))
                .toList());
        SplittableRandom random = new SplittableRandom(4);
        List<TableRow> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            double[] codes = new double[columns];
            for (int c = 0; c < columns; c++) {
                codes[c] = c % 2 == 1 ? codes[c - 1] : 10 * random.nextInt(10);
            }
            points.add(new TableRow(codes));
        }
        RowPool pool = new RowPool(points, Collections.nCopies(POINTS, 0), new TabularEmbedder(schema, 1, 1));
        double[] weights = new double[POINTS];
        java.util.Arrays.fill(weights, 1);
        return new MarginalChoice(schema, 1)
                .next(
                        rows,
                        noiseMultiplier,
                        most -> schema.columns().stream()
                                .map(column -> NumberCells.even((NumericColumn) column, most))
                                .toList(),
                        pool,
                        weights);
    }
}

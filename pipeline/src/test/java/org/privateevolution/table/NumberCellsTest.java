package org.privateevolution.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;

class NumberCellsTest {

    private final SplittableRandom random = new SplittableRandom(8);

    @ParameterizedTest
    @CsvSource({
        "double, 0, 100000", "double, -3.7, 1e6", "float, 0, 20", "integer, -60, 1300", "long, 0, 99999999",
        "'decimal(9,2)', -50.25, 0", "date, -10000, 20000", "timestamp, 0, 1728000000000", "integer, 0, 25",
                "double, 7, 7",
        "double, 1e-300, 2e-300", "double, -8e307, 8e307"
    })
    void everyValueLiesInTheOneCellThatItIsMadeFrom(String type, double min, double max) {
        NumericColumn column = column(type, min, max);
        NumberCells cells = NumberCells.fine(column, 20);
        NumberBins bins = new NumberBins(column, cells);

        assertThat(cells.starts()).isSorted().doesNotHaveDuplicates().startsWith(column.min());
        double natural = 0;
        for (int cell = 0; cell < bins.ordered(); cell++) {
            assertThat(bins.naturalShare(cell)).isPositive();
            natural += bins.naturalShare(cell);
            assertThat(bins.around(bins.code(cell, 0))).isEqualTo(cell);
            double code = bins.code(cell, random.nextDouble());
            assertThat(bins.around(code)).isEqualTo(cell);
            if (bins.bin(code) == cell && column.step() > 0) {
                assertThat(bins.code(cell, bins.fraction(code))).isEqualTo(code);
            }
        }
        assertThat(natural).isBetween(1 - 1e-9, 1 + 1e-9);
    }

    @Test
    void cellsNarrowTowardsZeroAndTheBounds() {
        NumericColumn column = column("double", -1000, 3000);
        NumberBins bins = new NumberBins(column, NumberCells.fine(column, 20));

        assertThat(width(bins, 0.01)).isLessThan(0.1);
        assertThat(width(bins, -0.01)).isLessThan(0.1);
        assertThat(width(bins, -999.99)).isLessThan(0.1);
        assertThat(width(bins, 2999.99)).isLessThan(0.1);
        assertThat(width(bins, 1500)).isEqualTo(200);
        // Four ends of twelve halvings, and the 20 cells that there were.
        assertThat(bins.ordered()).isEqualTo(20 + 4 * 12);
    }

    @Test
    void halvedCellsAreListedFromTheOutsideIn() {
        NumericColumn column = column("double", 0, 20);
        NumberBins bins = new NumberBins(column, NumberCells.fine(column, 20));

        List<List<Integer>> halved = bins.halved(20);

        assertThat(halved).hasSize(2);
        for (List<Integer> inwards : halved) {
            assertThat(inwards).hasSize(13);
            for (int i = 0; i < inwards.size() - 1; i++) {
                double within = inwards.subList(i + 1, inwards.size()).stream()
                        .mapToDouble(bins::naturalShare)
                        .sum();
                assertThat(bins.naturalShare(inwards.get(i))).isBetween(within * (1 - 1e-6), within * (1 + 1e-6));
            }
        }
        assertThat(halved.get(0)).endsWith(0);
        assertThat(halved.get(1)).endsWith(bins.ordered() - 1);
    }

    @Test
    void aColumnOfFewValuesHasACellForEach() {
        NumericColumn column = column("integer", 1, 15);

        assertThat(NumberCells.fine(column, 20).starts()).hasSize(15);
        assertThat(NumberCells.fine(column, 20).spikes()).isEmpty();
    }

    @Test
    void declaredSpecialValuesHaveCellsOfTheirOwn() {
        NumericColumn column = new NumericColumn(
                "n",
                ColumnType.parse("integer"),
                -5,
                10_000,
                false,
                false,
                NumericColumn.ALL_DECIMALS,
                List.of(9_999.0, -1.0, 0.0));
        NumberBins bins = new NumberBins(column, NumberCells.fine(column, 20));

        assertThat(bins.spikes()).containsExactly(-5.0, -1.0, 0.0, 9_999.0, 10_000.0);
        assertThat(bins.bin(-1)).isEqualTo(bins.ordered() + 1);
        assertThat(bins.code(bins.bin(-1), 0.5)).isEqualTo(-1);
    }

    @Test
    void cellsAreFilledEvenly() {
        NumericColumn column = column("double", 0, 1000);
        NumberBins bins = new NumberBins(column, NumberCells.even(column, 4));
        TableBins table = new TableBins(
                new org.privateevolution.model.TableSchema(List.of(column)), List.of(NumberCells.even(column, 4)));
        MarginalSampler sampler = new MarginalSampler(table, new double[][] {{0.8, 0.1, 0, 0.1}});

        NumberCells filled = sampler.evenlyFilled(0, 10, List.of(0.0));

        assertThat(bins.ordered()).isEqualTo(4);
        assertThat(filled.starts()).hasSize(10).startsWith(0.0, 31.25, 62.5);
        // Eight tenths end at 250, the ninth at 500; the last lies beyond the gap.
        assertThat(filled.starts().get(8)).isBetween(250.0, 251.0);
        assertThat(filled.starts().get(9)).isBetween(500.0, 751.0);
        assertThat(filled.spikes()).containsExactly(0.0);
    }

    private static double width(NumberBins bins, double code) {
        int cell = bins.around(code);
        double end = cell + 1 < bins.ordered() ? bins.start(cell + 1) : 3000;
        return end - bins.start(cell);
    }

    private static NumericColumn column(String type, double min, double max) {
        return new NumericColumn("n", ColumnType.parse(type), min, max, false, false);
    }
}

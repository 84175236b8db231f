package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.NumberBins;
import org.privateevolution.table.TableBins;

/** On numbers from 0 to 1,000, none of whose records lies above 100, in two labels. */
class TailShapesTest {

    private static final TableSchema SCHEMA =
            new TableSchema(List.of(new NumericColumn("n", ColumnType.parse("integer"), 0, 1_000, false, false)));
    private static final TableBins BINS = new TableBins(SCHEMA, TableBins.fine(SCHEMA, 20));
    private static final NumberBins NUMBERS = (NumberBins) BINS.column(0);

    private static TailShapes shapes(List<Double> spikes) {
        double[] counts = new double[NUMBERS.count()];
        Arrays.fill(counts, 0, NUMBERS.around(101), 500);
        return new TailShapes(BINS, List.of(EmptyTail.of(NUMBERS, counts, 60)), List.of(spikes));
    }

    /** A pool with every value once in the first label, and {@code often} times 900 in the second. */
    private static RowPool pool(int often) {
        List<TableRow> rows = IntStream.concat(
                        IntStream.rangeClosed(0, 1_000),
                        Collections.nCopies(often, 900).stream().mapToInt(Integer::intValue))
                .mapToObj(value -> new TableRow(new double[] {value}))
                .toList();
        return new RowPool(
                rows,
                IntStream.range(0, rows.size()).mapToObj(i -> i > 1_000 ? 1 : 0).toList(),
                new TabularEmbedder(SCHEMA, 1, 1.0 / 3));
    }

    @Test
    void theTailKeepsItsPointsAndItsShape() {
        double[] prior = shapes(List.of()).prior(pool(1));

        int edge = (int) NUMBERS.start(NUMBERS.around(101));
        assertThat(Arrays.copyOf(prior, edge)).containsOnly(1);
        assertThat(Arrays.stream(prior, edge, 1_001).sum()).isCloseTo(1_001 - edge, within(1e-6));
        for (int cell = NUMBERS.around(101); cell < NUMBERS.around(850); cell++) {
            double here = total(prior, cell);
            double next = total(prior, cell + 1);
            // Cells are as wide as the last one that rises, give or take one value.
            assertThat(next / here).isCloseTo(0.5, within(0.03));
        }
    }

    private static double total(double[] prior, int cell) {
        return Arrays.stream(prior, (int) NUMBERS.start(cell), (int) NUMBERS.start(cell + 1))
                .sum();
    }

    @Test
    void pointsThatGatheredFarOutWeighLittle() {
        double[] prior = shapes(List.of()).prior(pool(40));

        assertThat(Arrays.stream(prior, 1_001, 1_041).sum()).isLessThan(0.01);
    }

    @Test
    void aBoundIsInTheTailUnlessItIsASpike() {
        assertThat(shapes(List.of()).prior(pool(1))[1_000]).isLessThan(0.01);
        assertThat(shapes(List.of(1_000.0)).prior(pool(1))[1_000]).isEqualTo(1);
    }
}

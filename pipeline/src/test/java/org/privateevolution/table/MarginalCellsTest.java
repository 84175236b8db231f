package org.privateevolution.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

class MarginalCellsTest {

    private static final int LABELS = 3;

    private static final TableSchema SCHEMA = new TableSchema(List.of(
            new CategoricalColumn("color", ColumnType.parse("string"), List.of("red", "green"), true, null),
            new NumericColumn("age", ColumnType.parse("integer"), 0, 120, false, false),
            new NumericColumn("cars", ColumnType.parse("byte"), 0, 4, true, false),
            new NumericColumn("height", ColumnType.parse("double"), -1, 2.5, true, false)));

    private static final List<NumberCells> FINE = TableBins.fine(SCHEMA, 20);
    private static final MarginalQuery COLUMNS = new MarginalQuery(FINE, MarginalQuery.columns(SCHEMA.size(), LABELS));
    private static final MarginalQuery PAIRS = new MarginalQuery(
            List.of(
                    NumberCells.NONE,
                    new NumberCells(List.of(0.0, 18.0, 65.0), List.of(0.0)),
                    new NumberCells(List.of(0.0, 1.0, 2.0, 3.0, 4.0), List.of()),
                    new NumberCells(List.of(-1.0, 0.5), List.of(-1.0, 2.5))),
            MarginalQuery.pairs(SCHEMA.size()));

    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void everyRowLiesInOneCellOfEveryMarginal() {
        for (MarginalQuery query : List.of(COLUMNS, PAIRS)) {
            MarginalCells cells = new MarginalCells(SCHEMA, LABELS, query);
            for (int n = 0; n < 1_000; n++) {
                int[] of = cells(cells, random.nextInt(LABELS), row());

                for (int m = 0; m < of.length; m++) {
                    assertThat(of[m] - cells.offset(m)).isBetween(0, cells.cells(m) - 1);
                    assertThat(m == 0 || of[m] > of[m - 1]).isTrue();
                }
            }
            assertThat(cells.offset(cells.marginals() - 1) + cells.cells(cells.marginals() - 1))
                    .isEqualTo(cells.size());
        }
    }

    @Test
    void thereAreTheLabelsTheColumnsAndAllTheirPairs() {
        assertThat(COLUMNS.marginals()).hasSize(5);
        assertThat(MarginalQuery.columns(4, 1)).hasSize(4);
        assertThat(PAIRS.marginals()).hasSize(6);
        // 2 colors and null; 3 ages and a spike; 5 numbers of cars and null; 2 heights, two spikes, null.
        assertThat(new MarginalCells(SCHEMA, 1, PAIRS).size()).isEqualTo(3 * 4 + 3 * 6 + 3 * 5 + 4 * 6 + 4 * 5 + 6 * 5);
    }

    @Test
    void aNumberThatIsLikelyToBeSharedByManyRowsHasACellOfItsOwn() {
        assertThat(FINE)
                .extracting(NumberCells::spikes)
                .containsExactly(List.of(), List.of(0.0, 120.0), List.of(), List.of(-1.0, 0.0, 2.5));
        NumberBins bins = (NumberBins) new TableBins(SCHEMA, FINE).column(3);
        for (double spike : new double[] {-1, 0, 2.5}) {
            int cell = bins.bin(spike);

            assertThat(cell).isBetween(bins.ordered(), bins.count() - 2);
            assertThat(bins.code(cell, 0.7)).isEqualTo(spike);
            assertThat(bins.bin(spike == 0 ? 0.01 : spike * 0.99)).isLessThan(bins.ordered());
        }
        assertThat(bins.bin(TableRow.NULL)).isEqualTo(bins.count() - 1);
    }

    @Test
    void rowsOfDifferentLabelsShareNoCell() {
        MarginalCells cells = new MarginalCells(SCHEMA, LABELS, PAIRS);
        TableRow row = row();
        Set<Integer> seen = new HashSet<>();
        for (int label = 0; label < LABELS; label++) {
            for (int cell : cells(cells, label, row)) {
                assertThat(seen.add(cell)).isTrue();
            }
        }
    }

    private static int[] cells(MarginalCells cells, int label, TableRow row) {
        int[] of = new int[cells.marginals()];
        cells.cells(label, row, of);
        return of;
    }

    private TableRow row() {
        return new TableRow(new double[] {
            random.nextInt(3) == 0 ? TableRow.NULL : random.nextInt(2),
            random.nextInt(121),
            random.nextInt(4) == 0 ? TableRow.NULL : random.nextInt(5),
            random.nextInt(4) == 0 ? TableRow.NULL : random.nextDouble(-1, 2.5)
        });
    }
}

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

    private final TableBins bins = new TableBins(SCHEMA);
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void everyRowLiesInOneCellOfEveryMarginal() {
        for (MarginalCells cells :
                List.of(MarginalCells.ofColumns(bins, LABELS), MarginalCells.ofPairs(bins, LABELS))) {
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
        assertThat(MarginalCells.ofColumns(bins, LABELS).marginals()).isEqualTo(5);
        assertThat(MarginalCells.ofColumns(bins, 1).marginals()).isEqualTo(4);
        assertThat(MarginalCells.ofPairs(bins, LABELS).marginals()).isEqualTo(6);
        // 1 for the label; 2 colors and null; 20 ages; 5 numbers of cars and null; 20 heights and null.
        assertThat(MarginalCells.ofColumns(bins, LABELS).size()).isEqualTo(LABELS * (1 + 3 + 20 + 6 + 21));
        assertThat(MarginalCells.ofPairs(bins, 1).size())
                .isEqualTo(3 * 10 + 3 * 6 + 3 * 11 + 10 * 6 + 10 * 11 + 6 * 11);
    }

    @Test
    void rowsOfDifferentLabelsShareNoCell() {
        MarginalCells cells = MarginalCells.ofPairs(bins, LABELS);
        TableRow row = row();
        Set<Integer> seen = new HashSet<>();
        for (int label = 0; label < LABELS; label++) {
            for (int cell : cells(cells, label, row)) {
                assertThat(seen.add(cell)).isTrue();
            }
        }
    }

    @Test
    void coarseCellsAreUnionsOfFineOnes() {
        for (int n = 0; n < 1_000; n++) {
            TableRow row = row();
            for (int c = 0; c < SCHEMA.size(); c++) {
                ColumnBins wide = ColumnBins.of(SCHEMA.columns().get(c), 10);

                assertThat(bins.coarse(c, bins.column(c).bin(row.code(c)))).isEqualTo(wide.bin(row.code(c)));
            }
        }
    }

    @Test
    void aPairOfTooManyCellsIsLeftOut() {
        List<String> cities = java.util.stream.IntStream.range(0, 200)
                .mapToObj(i -> "city " + i)
                .toList();
        TableSchema wide = new TableSchema(List.of(
                new CategoricalColumn("from", ColumnType.parse("string"), cities, false, null),
                new CategoricalColumn("to", ColumnType.parse("string"), cities, false, null),
                new NumericColumn("cars", ColumnType.parse("byte"), 0, 4, false, false)));

        assertThat(MarginalCells.ofPairs(new TableBins(wide), 1).marginals()).isEqualTo(2);
    }

    private static int[] cells(MarginalCells cells, int label, int[] columnCells) {
        int[] of = new int[cells.marginals()];
        cells.cells(label, columnCells, of, 0);
        return of;
    }

    private int[] cells(MarginalCells cells, int label, TableRow row) {
        return cells(cells, label, bins.cells(row));
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

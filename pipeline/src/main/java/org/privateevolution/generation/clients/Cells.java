package org.privateevolution.generation.clients;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.TableRow;

/**
 * The cells of one column of a pool: one per category, or a few that hold about equally many numbers; and one for
 * nulls.
 */
final class Cells {

    /** Number of cells of a column of numbers. */
    private static final int NUMBERS = 8;

    private final int column;
    private final int categories;
    /** Smallest numbers of all cells but the first; empty for categories. */
    private final double[] starts;

    Cells(Column declared, int column, List<TableRow> pool) {
        this.column = column;
        this.categories = declared instanceof CategoricalColumn categorical
                ? categorical.categories().size()
                : 0;
        double[] numbers = declared instanceof CategoricalColumn
                ? new double[0]
                : pool.stream()
                        .mapToDouble(row -> row.code(column))
                        .filter(code -> !Double.isNaN(code))
                        .sorted()
                        .toArray();
        this.starts = numbers.length == 0
                ? new double[0]
                : IntStream.range(1, NUMBERS)
                        .mapToDouble(cell -> numbers[(int) ((long) cell * numbers.length / NUMBERS)])
                        .filter(start -> start > numbers[0])
                        .distinct()
                        .toArray();
    }

    int count() {
        return (categories > 0 ? categories : starts.length + 1) + 1;
    }

    int cell(TableRow row) {
        double code = row.code(column);
        if (Double.isNaN(code)) {
            return count() - 1;
        }
        if (categories > 0) {
            return (int) code;
        }
        int found = Arrays.binarySearch(starts, code);
        return found < 0 ? -found - 1 : found + 1;
    }
}

package org.privateevolution.table;

import java.util.List;
import java.util.stream.IntStream;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

/** The cells of every column of a table. */
public final class TableBins {

    private final List<ColumnBins> columns;

    /** @param numbers cells of each numeric column */
    public TableBins(TableSchema schema, List<NumberCells> numbers) {
        this.columns = IntStream.range(0, schema.size())
                .mapToObj(c -> ColumnBins.of(schema.columns().get(c), numbers.get(c)))
                .toList();
    }

    /** {@link NumberCells#fine} cells of each column. */
    public static List<NumberCells> fine(TableSchema schema, int most) {
        return schema.columns().stream()
                .map(column ->
                        column instanceof NumericColumn numeric ? NumberCells.fine(numeric, most) : NumberCells.NONE)
                .toList();
    }

    /** Number of columns. */
    public int columns() {
        return columns.size();
    }

    /** The cells of a column. */
    public ColumnBins column(int column) {
        return columns.get(column);
    }

    /** The cell of each column in which a row lies. */
    public int[] cells(TableRow row) {
        int[] cells = new int[columns.size()];
        for (int c = 0; c < cells.length; c++) {
            cells[c] = columns.get(c).bin(row.code(c));
        }
        return cells;
    }
}

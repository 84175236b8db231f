package org.privateevolution.table;

import java.util.List;
import java.util.stream.IntStream;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

/** The cells of every column of a table. */
public final class TableBins {

    private static final List<Double> NO_SPIKES = List.of();

    private final List<ColumnBins> columns;

    /**
     * @param cells the most that a numeric column has, without those of spikes and nulls; at least 1
     * @param spikes for each column the codes that have a cell of their own
     */
    public TableBins(TableSchema schema, int cells, List<List<Double>> spikes) {
        this.columns = IntStream.range(0, schema.size())
                .mapToObj(c -> ColumnBins.of(schema.columns().get(c), cells, spikes.get(c)))
                .toList();
    }

    /**
     * For each column the values that numbers tend to pile up on, as far as one can say without seeing any: 0 and the declared
     * bounds, unless every value has a cell of its own already.
     */
    public static List<List<Double>> likelySpikes(TableSchema schema, int cells) {
        return schema.columns().stream()
                .map(column ->
                        column instanceof NumericColumn numeric ? NumberBins.likelySpikes(numeric, cells) : NO_SPIKES)
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

    /** The cell of each column of a row. */
    public int[] cells(TableRow row) {
        int[] cells = new int[columns.size()];
        for (int c = 0; c < cells.length; c++) {
            cells[c] = columns.get(c).bin(row.code(c));
        }
        return cells;
    }
}

package org.privateevolution.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.ColumnBins;

/**
 * Measures how strongly the columns of synthetic rows are associated, including the label if there are several labels:
 * see {@link PairAssociation}.
 */
public final class TableAssociations {

    /** With more columns, a matrix is not readable on a page. */
    public static final int MOST_COLUMNS = 40;

    /** Number of cells of a numeric column. */
    private static final int BINS = 20;

    private final TableSchema schema;
    private final int labels;
    private final int columns;
    private final List<ColumnBins> bins;

    /**
     * @param labels number of labels
     */
    public TableAssociations(TableSchema schema, int labels) {
        this.schema = schema;
        this.labels = labels;
        this.columns = Math.min(schema.size(), labels > 1 ? MOST_COLUMNS - 1 : MOST_COLUMNS);
        this.bins = schema.columns().subList(0, columns).stream()
                .map(column -> ColumnBins.of(column, BINS))
                .toList();
    }

    /** Names of the columns, the label's last. */
    public List<String> names(String label) {
        List<String> names = new ArrayList<>();
        schema.columns().subList(0, columns).forEach(column -> names.add(column.name()));
        if (labels > 1) {
            names.add(label);
        }
        return names;
    }

    /**
     * The matrix of associations of the rows, 1 on the diagonal.
     *
     * @param weights one per row; empty if each row counts once
     */
    public List<List<Double>> of(List<Sample> rows, List<Double> weights) {
        int size = labels > 1 ? columns + 1 : columns;
        int[][] cells = new int[size][rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            TableRow values = rows.get(row).payload().row().orElseThrow();
            for (int c = 0; c < columns; c++) {
                cells[c][row] = bins.get(c).bin(values.code(c));
            }
            if (labels > 1) {
                cells[columns][row] = rows.get(row).label();
            }
        }
        Double[][] matrix = new Double[size][size];
        for (int first = 0; first < size; first++) {
            matrix[first][first] = 1.0;
            for (int second = first + 1; second < size; second++) {
                matrix[first][second] = association(first, second, cells, weights);
                matrix[second][first] = matrix[first][second];
            }
        }
        return Arrays.stream(matrix).map(List::of).toList();
    }

    private double association(int first, int second, int[][] cells, List<Double> weights) {
        int width = second < columns ? bins.get(second).count() : labels;
        double[] joint = new double[bins.get(first).count() * width];
        for (int row = 0; row < cells[first].length; row++) {
            joint[cells[first][row] * width + cells[second][row]] += weights.isEmpty() ? 1 : weights.get(row);
        }
        PairAssociation pair = second < columns
                ? PairAssociation.of(
                        schema.columns().get(first),
                        bins.get(first),
                        schema.columns().get(second),
                        bins.get(second))
                : PairAssociation.of(schema.columns().get(first), bins.get(first), labels);
        return pair.of(joint);
    }
}

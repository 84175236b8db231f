package org.privateevolution.evaluation.outside;

import java.io.Serializable;
import java.util.List;
import org.privateevolution.evaluation.outside.ComparedColumn.Numbers;

/**
 * Turns rows into vectors. A number becomes its deviation from the real mean in real standard deviations, limited to
 * {@link #MOST_DEVIATIONS}, plus one component that is 1 for a null. A category becomes one component of {@code scale}
 * among the components of its column.
 */
public final class RecordVectors implements Serializable {

    /** Keeps a single outlier from outweighing all other columns. */
    static final double MOST_DEVIATIONS = 5;

    private static final long serialVersionUID = 1L;

    private final List<ComparedColumn> columns;
    private final int most;
    private final float scale;
    private final int[] offsets;

    /**
     * For distances: two different categories are 1 apart.
     *
     * @param most number of categories of a column with components of their own; the others share one
     */
    public static RecordVectors forDistances(List<ComparedColumn> columns, int most) {
        return new RecordVectors(columns, most, (float) Math.sqrt(0.5));
    }

    /** For learning: a category is 1. */
    public static RecordVectors forLearning(List<ComparedColumn> columns, int most) {
        return new RecordVectors(columns, most, 1);
    }

    private RecordVectors(List<ComparedColumn> columns, int most, float scale) {
        this.columns = List.copyOf(columns);
        this.most = most;
        this.scale = scale;
        this.offsets = new int[columns.size() + 1];
        for (int c = 0; c < columns.size(); c++) {
            offsets[c + 1] = offsets[c]
                    + (columns.get(c) instanceof Numbers ? 2 : columns.get(c).cells(most));
        }
    }

    public int dimension() {
        return offsets[columns.size()];
    }

    /** Writes the vector of a row of codes; {@code to} must hold zeros from {@code at} on. */
    public void write(double[] codes, float[] to, int at) {
        for (int c = 0; c < columns.size(); c++) {
            int start = at + offsets[c];
            if (columns.get(c) instanceof Numbers numbers) {
                if (Double.isNaN(codes[c])) {
                    to[start + 1] = scale;
                } else {
                    double deviation = numbers.deviation() == 0 ? 1 : numbers.deviation();
                    double scaled = (codes[c] - numbers.mean()) / deviation;
                    to[start] = (float) Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, scaled));
                }
            } else {
                to[start + columns.get(c).cell(codes[c], most)] = scale;
            }
        }
    }

    /** The vectors of rows of codes, row-major. */
    public float[] of(List<double[]> rows) {
        float[] vectors = new float[Math.multiplyExact(rows.size(), dimension())];
        for (int i = 0; i < rows.size(); i++) {
            write(rows.get(i), vectors, i * dimension());
        }
        return vectors;
    }

    /** The vector of a row without one of its columns. */
    public double[] without(int column, double[] codes) {
        float[] all = new float[dimension()];
        write(codes, all, 0);
        double[] vector = new double[all.length - (offsets[column + 1] - offsets[column])];
        int to = 0;
        for (int i = 0; i < all.length; i++) {
            if (i < offsets[column] || i >= offsets[column + 1]) {
                vector[to++] = all[i];
            }
        }
        return vector;
    }

    /** The vector of a row. */
    public double[] all(double[] codes) {
        float[] all = new float[dimension()];
        write(codes, all, 0);
        double[] vector = new double[all.length];
        for (int i = 0; i < all.length; i++) {
            vector[i] = all[i];
        }
        return vector;
    }
}

package org.privateevolution.evolution;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.estimate.EvenDraw;
import org.privateevolution.model.TableRow;
import org.privateevolution.table.MarginalCells;

/** Rows that stand for the private ones, ordered by label, and their embeddings. */
final class RowPool {

    private final TableRow[] rows;
    private final int[] labelOf;
    private final TabularEmbedder embedder;
    private final float[] vectors;

    /**
     * @param labelOf label of each row, in ascending order
     */
    RowPool(List<TableRow> rows, List<Integer> labelOf, TabularEmbedder embedder) {
        this.rows = rows.toArray(TableRow[]::new);
        this.labelOf = labelOf.stream().mapToInt(Integer::intValue).toArray();
        this.embedder = embedder;
        this.vectors = embedder.embed(rows);
    }

    int size() {
        return rows.length;
    }

    TableRow row(int point) {
        return rows[point];
    }

    /** The row as its vector represents it, because private rows are counted by their vectors, too. */
    TableRow embeddedRow(int point) {
        return embedder.row(vectors, point * embedder.dimension());
    }

    /** The cell of each row in each marginal, counted from the marginal's first cell. */
    int[][] cells(MarginalCells cells) {
        int[][] cellOf = new int[cells.marginals()][rows.length];
        int[] own = new int[cells.marginals()];
        for (int i = 0; i < rows.length; i++) {
            cells.cells(labelOf[i], embeddedRow(i), own);
            for (int m = 0; m < own.length; m++) {
                cellOf[m][i] = own[m] - cells.offset(m);
            }
        }
        return cellOf;
    }

    int label(int point) {
        return labelOf[point];
    }

    int[] labels() {
        return labelOf.clone();
    }

    float[] vectors() {
        return vectors;
    }

    /** The first point after those with the same label as {@code first}. */
    int endOfLabel(int first) {
        int end = first + 1;
        while (end < labelOf.length && labelOf[end] == labelOf[first]) {
            end++;
        }
        return end;
    }

    /** Points of a label, drawn in proportion to their weights; uniformly if no point has weight. */
    int[] drawn(double[] weights, int label, int number, RandomGenerator random) {
        double[] own = new double[rows.length];
        Arrays.setAll(own, i -> labelOf[i] == label ? weights[i] : 0);
        if (Arrays.stream(own).allMatch(weight -> weight == 0)) {
            Arrays.setAll(own, i -> labelOf[i] == label ? 1 : 0);
        }
        return EvenDraw.of(own, number, random);
    }
}

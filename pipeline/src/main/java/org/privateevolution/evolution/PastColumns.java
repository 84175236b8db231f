package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.ReleasedCounts;

/**
 * Released marginals of columns in which neighbouring cells that differ only by noise are merged. Without merging, the
 * noise of each would leave weight in all of them, as weights cannot fall below 0. Groups whose counts have the same
 * noise form a release of their own.
 *
 * @param merged the merged cells of each column
 */
record PastColumns(PastMarginals released, int labels, List<MergedCells> merged) implements PastRelease {

    @Override
    public List<ReleasedCounts> over(RowPool pool, ReleasedCounts.Scale scale) {
        int[][] cellOf = pool.cells(released.cells());
        List<ReleasedCounts> releases = new ArrayList<>();
        // The marginal of the labels, if there is one, comes first and has one cell per label.
        int first = cellOf.length - merged.size();
        for (int m = 0; m < cellOf.length; m++) {
            MergedCells cells = m < first ? new MergedCells(new int[1], new double[] {1}) : merged.get(m - first);
            double[] noise = cells.noise();
            for (double level : Arrays.stream(noise)
                    .filter(each -> each > 0)
                    .distinct()
                    .sorted()
                    .toArray()) {
                releases.add(together(m, level, cells, noise, cellOf[m], scale));
            }
        }
        return releases;
    }

    /** The counts of all groups with the given noise. */
    private ReleasedCounts together(
            int marginal, double level, MergedCells cells, double[] noise, int[] cellOf, ReleasedCounts.Scale scale) {
        int width = noise.length;
        int[] place = new int[width];
        int groups = 0;
        for (int cell = 0; cell < width; cell++) {
            place[cell] = noise[cell] == level ? groups++ : Partition.NO_CELL;
        }
        int[] placeOf = new int[labels * width];
        double[] counts = new double[labels * groups];
        double[] rows = released.rows(marginal);
        for (int cell = 0; cell < placeOf.length; cell++) {
            int own = place[cells.groups()[cell % width]];
            placeOf[cell] = own == Partition.NO_CELL ? own : cell / width * groups + own;
            if (own != Partition.NO_CELL) {
                counts[placeOf[cell]] += cells.weights()[cell % width] * rows[cell];
            }
        }
        int[] points = Arrays.stream(cellOf).map(cell -> placeOf[cell]).toArray();
        return PastRelease.counts(Partition.of(counts.length, points), counts, released.sigma() * level, scale);
    }
}

package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.ReleasedCounts;

/**
 * Released marginals of columns in which neighbouring cells that differ only by noise are merged. Without merging, the
 * noise of each would leave weight in all of them, as weights cannot fall below 0. The count of k merged cells has
 * sqrt(k) times the noise of one, so the groups of each size k form a release of their own.
 *
 * @param groups for each column and cell, the first cell of the group that it is merged into
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PastColumns(PastMarginals released, int labels, int[][] groups) implements PastRelease {

    @Override
    public List<ReleasedCounts> over(RowPool pool, ReleasedCounts.Scale scale) {
        int[][] cellOf = pool.cells(released.cells());
        List<ReleasedCounts> releases = new ArrayList<>();
        // The marginal of the labels, if there is one, comes first and has one cell per label.
        int first = cellOf.length - groups.length;
        for (int m = 0; m < cellOf.length; m++) {
            int[] group = m < first ? new int[1] : groups[m - first];
            int[] sizes = new int[group.length];
            for (int representative : group) {
                sizes[representative]++;
            }
            for (int size : Arrays.stream(sizes)
                    .filter(size -> size > 0)
                    .distinct()
                    .sorted()
                    .toArray()) {
                releases.add(together(m, size, group, sizes, cellOf[m], scale));
            }
        }
        return releases;
    }

    /** The counts of all groups of the given size. */
    private ReleasedCounts together(
            int marginal, int size, int[] group, int[] sizes, int[] cellOf, ReleasedCounts.Scale scale) {
        int width = group.length;
        int[] place = new int[width];
        int groupsOfSize = 0;
        for (int cell = 0; cell < width; cell++) {
            place[cell] = sizes[cell] == size ? groupsOfSize++ : Partition.NO_CELL;
        }
        int[] placeOf = new int[labels * width];
        double[] counts = new double[labels * groupsOfSize];
        double[] rows = released.rows(marginal);
        for (int cell = 0; cell < placeOf.length; cell++) {
            int own = place[group[cell % width]];
            placeOf[cell] = own == Partition.NO_CELL ? own : cell / width * groupsOfSize + own;
            if (own != Partition.NO_CELL) {
                counts[placeOf[cell]] += rows[cell];
            }
        }
        int[] points = Arrays.stream(cellOf).map(cell -> placeOf[cell]).toArray();
        double sigma = released.sigma() * Math.sqrt(size);
        return PastRelease.counts(Partition.of(counts.length, points), counts, sigma, scale);
    }
}

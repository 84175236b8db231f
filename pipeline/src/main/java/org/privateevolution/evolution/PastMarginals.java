package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.table.MarginalCells;

/** Released marginals: each is a partition of its own, on which counts stand for whole rows. */
record PastMarginals(MarginalCells cells, NoisyHistogram histogram) implements PastRelease {

    @Override
    public List<ReleasedCounts> over(RowPool pool, ReleasedCounts.Scale scale) {
        int marginals = cells.marginals();
        int[][] cellOf = pool.cells(cells);
        // A row gave 1/sqrt(marginals) to each of its cells.
        double rows = Math.sqrt(marginals);
        List<ReleasedCounts> releases = new ArrayList<>();
        for (int m = 0; m < marginals; m++) {
            double[] counts = new double[cells.cells(m)];
            int offset = cells.offset(m);
            Arrays.setAll(counts, cell -> histogram.votes(offset + cell) * rows);
            Partition partition = Partition.of(counts.length, cellOf[m]);
            releases.add(PastRelease.counts(partition, counts, histogram.noiseMultiplier() * rows, scale));
        }
        return releases;
    }
}

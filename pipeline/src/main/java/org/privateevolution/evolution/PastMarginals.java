package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.table.MarginalCells;

/** Released marginals. Each is a partition of its own, whose counts stand for whole rows. */
record PastMarginals(MarginalCells cells, NoisyHistogram histogram) implements PastRelease {

    /**
     * Estimated number of rows in each cell of a marginal, one label after another. Each row gave 1/sqrt(marginals) to
     * each of its cells.
     */
    double[] rows(int marginal) {
        int offset = cells.offset(marginal);
        double scale = Math.sqrt(cells.marginals());
        return Arrays.stream(histogram.votes(offset, offset + cells.cells(marginal)))
                .map(votes -> votes * scale)
                .toArray();
    }

    /** Estimated number of rows in each cell of a marginal, summed over the labels. */
    double[] rowsOfAll(int labels, int marginal) {
        double[] rows = rows(marginal);
        double[] together = new double[rows.length / labels];
        for (int i = 0; i < rows.length; i++) {
            together[i % together.length] += rows[i];
        }
        return together;
    }

    /** The standard deviation of each entry of {@link #rows}. */
    double sigma() {
        return histogram.noiseMultiplier() * Math.sqrt(cells.marginals());
    }

    @Override
    public List<ReleasedCounts> over(RowPool pool, ReleasedCounts.Scale scale) {
        int[][] cellOf = pool.cells(cells);
        List<ReleasedCounts> releases = new ArrayList<>();
        for (int m = 0; m < cells.marginals(); m++) {
            releases.add(PastRelease.counts(Partition.of(cells.cells(m), cellOf[m]), rows(m), sigma(), scale));
        }
        return releases;
    }
}

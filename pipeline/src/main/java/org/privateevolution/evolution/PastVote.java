package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

/** A vote: each row lies in the cells of its nearest candidates with the same label. */
final class PastVote implements PastRelease {

    private final NoisyHistogram histogram;
    private final int neighbors;
    /** An index of each label's candidates; null for a label without any. */
    private final List<CandidateIndex> indexes = new ArrayList<>();

    private final int[] offsets;

    /**
     * @param vectors row-major embeddings of the candidates
     * @param offsets the first candidate of each label, followed by the number of candidates
     */
    PastVote(NoisyHistogram histogram, Metric metric, int neighbors, float[] vectors, int dimension, int... offsets) {
        this.histogram = histogram;
        this.neighbors = neighbors;
        this.offsets = offsets;
        for (int label = 0; label < offsets.length - 1; label++) {
            int from = offsets[label] * dimension;
            int to = offsets[label + 1] * dimension;
            List<float[]> own = List.of(Arrays.copyOfRange(vectors, from, to));
            indexes.add(from == to ? null : Kernels.calibrated().index(metric, dimension, own));
        }
    }

    @Override
    public List<ReleasedCounts> over(RowPool pool, ReleasedCounts.Scale scale) {
        double[] counts = histogram.votes(0, histogram.candidates());
        return List.of(PastRelease.counts(partition(pool), counts, histogram.noiseMultiplier(), scale));
    }

    private Partition partition(RowPool pool) {
        int[] nearest = new int[pool.size() * neighbors];
        double[] shares = new double[nearest.length];
        Arrays.fill(nearest, Partition.NO_CELL);
        for (int first = 0; first < pool.size(); first = pool.endOfLabel(first)) {
            int label = pool.label(first);
            if (indexes.get(label) != null) {
                search(pool, first, label, nearest, shares);
            }
        }
        int cells = histogram.candidates();
        return neighbors == 1 ? Partition.of(cells, nearest) : Partition.ofShares(cells, neighbors, nearest, shares);
    }

    /**
     * Finds the nearest candidates of rows of one label. If the label has fewer candidates than {@code neighbors}, all
     * of them share the row's vote.
     */
    private void search(RowPool pool, int first, int label, int[] nearest, double[] shares) {
        CandidateIndex index = indexes.get(label);
        int k = Math.min(neighbors, index.size());
        int points = pool.endOfLabel(first) - first;
        int[] found = new int[points * k];
        index.search(pool.vectors(), first, points, k, found);
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < k; j++) {
                nearest[(first + i) * neighbors + j] = offsets[label] + found[i * k + j];
                shares[(first + i) * neighbors + j] = 1 / Math.sqrt(k);
            }
        }
    }
}

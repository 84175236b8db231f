package org.privateevolution.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Clean votes for public cells, and for partitions that records alone name: private, hence write-only, as those of a {@link
 * VoteHistogram} are. It can be added to, and released once with noise; nothing reads a count.
 */
public final class PartitionHistogram implements PrivateCounts {

    private final int cells;
    private final PartitionThreshold threshold;
    /** Grid units for each cell; null once released. */
    private long[] counts;

    private final Map<String, Long> partitions = new TreeMap<>();

    /**
     * An empty histogram.
     *
     * @param cells number of public cells, at least 1
     * @param threshold of the partitions
     */
    public PartitionHistogram(int cells, PartitionThreshold threshold) {
        if (cells < 1) {
            throw new IllegalArgumentException("cells is " + cells + ": a histogram needs at least 1");
        }
        this.cells = cells;
        this.threshold = threshold;
        this.counts = new long[cells];
    }

    /**
     * Checks what one unit votes.
     *
     * @param gridVotes for different cells and partitions, in grid units
     * @param partitions how many of them are for partitions
     * @param mostPartitions that the threshold allows for
     * @throws PrivacyException if its L2 norm is above one vote, or it votes for too many partitions
     */
    public static void requireUnit(long[] gridVotes, int partitions, int mostPartitions) {
        long squares = 0;
        for (long votes : gridVotes) {
            if (votes < 0 || votes > VoteGrid.ONE_VOTE) {
                throw new PrivacyException("a unit gives less than 0 or more than one vote");
            }
            squares += votes * votes;
            if (squares > VoteGrid.ONE_VOTE * VoteGrid.ONE_VOTE) {
                throw new PrivacyException("a unit's votes have an L2 norm above one vote");
            }
        }
        if (partitions > mostPartitions) {
            throw new PrivacyException("a unit votes for more than " + mostPartitions + " partitions");
        }
    }

    /**
     * Adds the votes of some units for a cell, in grid units.
     *
     * @param cell 0 to {@code cells - 1}
     */
    public void addCell(int cell, long gridVotes) {
        requireOpen();
        counts[cell] = VoteGrid.sum(counts[cell], requireNotNegative(gridVotes));
    }

    /**
     * Adds the votes of <b>all</b> units for a partition, in grid units.
     *
     * @param name of the partition
     * @throws PrivacyException if it was added before: the floor is one of all votes
     */
    public void addPartition(String name, long gridVotes) {
        requireOpen();
        if (requireNotNegative(gridVotes) >= threshold.floor() && partitions.put(name, gridVotes) != null) {
            throw new PrivacyException("the votes for a partition come in two parts");
        }
    }

    /**
     * Adds noise to every cell and to every partition above the floor, and keeps the partitions that pass the threshold.
     *
     * @throws PrivacyException also if another noise or threshold was charged
     * @return noisy votes of the cells, and after them of the partitions that passed, in the order of their names
     */
    @Override
    public NoisyHistogram release(Charge charge, DiscreteGaussian noise) {
        requireOpen();
        threshold.requireCharged(charge.release());
        charge.spend();
        long[] clean = counts;
        counts = null;
        double noiseMultiplier = charge.release().noiseMultiplier();
        try {
            long[] drawn = noise.sample(VoteGrid.noiseVariance(noiseMultiplier), cells + partitions.size());
            long[] noisy = new long[drawn.length];
            for (int i = 0; i < cells; i++) {
                noisy[i] = VoteGrid.sum(clean[i], drawn[i]);
            }
            List<String> names = new ArrayList<>();
            int next = cells;
            for (Map.Entry<String, Long> partition : partitions.entrySet()) {
                long votes = VoteGrid.sum(partition.getValue(), drawn[next++]);
                if (votes >= threshold.passing()) {
                    noisy[cells + names.size()] = votes;
                    names.add(partition.getKey());
                }
            }
            return NoisyHistogram.restored(
                    charge.release().releaseId(), noiseMultiplier, Arrays.copyOf(noisy, cells + names.size()), names);
        } finally {
            Arrays.fill(clean, 0);
            partitions.clear();
            noise.forget();
        }
    }

    @Override
    public String toString() {
        return "PartitionHistogram over " + cells + " cells";
    }

    private void requireOpen() {
        if (counts == null) {
            throw new PrivacyException("the histogram has been released: its votes are gone, cast them again");
        }
    }

    private static long requireNotNegative(long gridVotes) {
        if (gridVotes < 0) {
            throw new PrivacyException("votes for a cell or partition are below 0");
        }
        return gridVotes;
    }
}

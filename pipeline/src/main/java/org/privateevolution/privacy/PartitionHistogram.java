package org.privateevolution.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Clean votes for public cells, and for partitions whose names are known from the records only. The votes are private,
 * so like a {@link VoteHistogram} this class is write-only: votes can be added, and released once with noise, but no
 * count can be read.
 */
public final class PartitionHistogram implements PrivateCounts {

    private final int cells;
    private final PartitionThreshold threshold;
    /** Grid units for each cell; null once released. */
    private long[] counts;

    private final Map<String, Long> partitions = new TreeMap<>();

    /**
     * Creates an empty histogram.
     *
     * @param cells number of public cells, at least 1
     * @param threshold the noisy votes that a partition needs to be released
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
     * Checks the votes of one unit.
     *
     * @param gridVotes votes for distinct cells and partitions, in grid units
     * @param partitions how many of these votes are for partitions
     * @param mostPartitions the number of partitions per unit that the threshold allows for
     * @throws PrivacyException if the L2 norm is above one vote, or the unit votes for too many partitions
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
     * Adds the votes of one or more units for a cell, in grid units.
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
     * @throws PrivacyException if the partition was added before: the floor applies to the sum of all its votes
     */
    public void addPartition(String name, long gridVotes) {
        requireOpen();
        if (requireNotNegative(gridVotes) >= threshold.floor() && partitions.put(name, gridVotes) != null) {
            throw new PrivacyException("the votes for a partition come in two parts");
        }
    }

    /**
     * Adds noise to every cell and to every partition above the floor, and keeps the partitions that pass the
     * threshold.
     *
     * @return noisy votes of the cells, followed by those of the partitions that passed, in the order of their names
     * @throws PrivacyException also if another noise or threshold was charged
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

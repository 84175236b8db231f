package org.privateevolution.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A released nearest-neighbour histogram: votes plus noise, so entries may be negative. Public data; immutable. */
public final class NoisyHistogram {
    private final String releaseId;
    private final double noiseMultiplier;
    private final long[] gridVotes;
    private final List<String> partitions;

    private NoisyHistogram(String releaseId, double noiseMultiplier, long[] gridVotes, List<String> partitions) {
        this.releaseId = releaseId;
        this.noiseMultiplier = noiseMultiplier;
        this.gridVotes = gridVotes;
        this.partitions = partitions;
    }

    /**
     * Restores a released histogram from storage.
     *
     * @param releaseId the id of the {@link Release} that was charged for it
     * @param noiseMultiplier standard deviation of its noise in votes
     * @param gridVotes noisy votes of each candidate in units of {@code 2^-VoteGrid.BITS}; at least one; copied
     */
    public static NoisyHistogram restored(String releaseId, double noiseMultiplier, long[] gridVotes) {
        return restored(releaseId, noiseMultiplier, gridVotes, List.of());
    }

    /**
     * Restores a released histogram with partitions from storage.
     *
     * @param partitions distinct names of the last candidates; the candidates before them, at least one, are public
     *     cells
     */
    public static NoisyHistogram restored(
            String releaseId, double noiseMultiplier, long[] gridVotes, List<String> partitions) {
        Release.requireText("release id", releaseId);
        DiscreteGaussianBound.requireNoiseMultiplier(noiseMultiplier);
        if (gridVotes.length == 0) {
            throw new IllegalArgumentException("the stored histogram of release " + releaseId + " has no candidates");
        }
        if (partitions.size() >= gridVotes.length
                || partitions.stream().distinct().count() < partitions.size()) {
            throw new IllegalArgumentException(
                    "the stored histogram of release " + releaseId + " has partitions without votes, or one twice");
        }
        return new NoisyHistogram(releaseId, noiseMultiplier, gridVotes.clone(), List.copyOf(partitions));
    }

    /** Noisy votes of a candidate, rounded to the nearest double. */
    public double votes(int candidate) {
        return gridVotes[candidate] / (double) VoteGrid.ONE_VOTE;
    }

    /**
     * Noisy votes of the candidates {@code from} to {@code to - 1}.
     *
     * @param from the first candidate
     * @param to one after the last candidate
     */
    public double[] votes(int from, int to) {
        double[] votes = new double[to - from];
        Arrays.setAll(votes, i -> votes(from + i));
        return votes;
    }

    /** Noisy votes of a candidate in units of {@code 2^-VoteGrid.BITS}, exact. */
    public long gridVotes(int candidate) {
        return gridVotes[candidate];
    }

    /** The number of candidates. */
    public int candidates() {
        return gridVotes.length;
    }

    /** The names of the last candidates, which were known from the records only; empty if all cells are public. */
    public List<String> partitions() {
        return partitions;
    }

    /** The id of the release that was charged for this histogram. */
    public String releaseId() {
        return releaseId;
    }

    /** Standard deviation of the noise in votes. */
    public double noiseMultiplier() {
        return noiseMultiplier;
    }

    /** SHA-256, in lower-case hexadecimal, of everything that was released. */
    public String digest() {
        byte[] names = partitions.isEmpty() ? new byte[0] : names();
        ByteBuffer content = ByteBuffer.allocate(Long.BYTES * (gridVotes.length + 1) + names.length);
        content.putDouble(noiseMultiplier);
        for (long votes : gridVotes) {
            content.putLong(votes);
        }
        return ContentHash.hex(content.put(names).array());
    }

    /** Writes the length before each name, so that different lists never have the same text. */
    private byte[] names() {
        StringBuilder text = new StringBuilder();
        partitions.forEach(name -> text.append(name.length()).append(':').append(name));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoisyHistogram that
                && releaseId.equals(that.releaseId)
                && Double.compare(noiseMultiplier, that.noiseMultiplier) == 0
                && Arrays.equals(gridVotes, that.gridVotes)
                && partitions.equals(that.partitions);
    }

    @Override
    public int hashCode() {
        return 31 * releaseId.hashCode() + Arrays.hashCode(gridVotes);
    }

    @Override
    public String toString() {
        return "NoisyHistogram " + releaseId + " over " + gridVotes.length + " candidates, noise multiplier "
                + noiseMultiplier;
    }
}

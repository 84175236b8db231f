package org.privateevolution.privacy;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The clean nearest-neighbour histogram. It is private and therefore write-only: votes can be added, histograms merged,
 * and the sum released once with noise, but no count can be read. Counts are integers on the {@link VoteGrid}, so the
 * result does not depend on the order of additions and merges.
 *
 * <p>Java serialisation carries it between Spark tasks. The serialised form holds the clean counts: never write it to
 * storage.
 */
public final class VoteHistogram implements PrivateCounts, Serializable {
    private static final long serialVersionUID = 1L;

    private final int candidates;
    /** Grid units for each candidate, 0 or more; null once released. */
    private long[] counts;

    /** Creates an empty histogram over {@code candidates} candidates, at least 1. */
    public VoteHistogram(int candidates) {
        if (candidates < 1) {
            throw new IllegalArgumentException("candidates is " + candidates + ": a histogram needs at least 1");
        }
        this.candidates = candidates;
        this.counts = new long[candidates];
    }

    /**
     * Adds part of one unit's votes. The caller must ensure that all votes of one unit together have an L2 norm of at
     * most one vote, as {@link VoteGrid#vote} and {@link VoteGrid#clientVotes} do; {@link #addUnit} checks it.
     *
     * @param candidate 0 to {@code candidates - 1}
     * @param gridVotes grid units, 0 to one vote
     */
    void add(int candidate, long gridVotes) {
        requireOpen();
        requireVote(candidate, gridVotes);
        counts[candidate] = VoteGrid.sum(counts[candidate], gridVotes);
    }

    /**
     * Adds all of one unit's votes, after checking that their L2 norm is at most one vote.
     *
     * @param candidateIndices strictly increasing, each 0 to {@code candidates - 1}
     * @param gridVotes grid units for each of these candidates, 0 to one vote
     */
    public void addUnit(int[] candidateIndices, long[] gridVotes) {
        if (candidateIndices.length != gridVotes.length) {
            throw new PrivacyException("a unit's votes and candidates differ in number");
        }
        requireOpen();
        long squares = 0;
        for (int i = 0; i < gridVotes.length; i++) {
            requireVote(candidateIndices[i], gridVotes[i]);
            if (i > 0 && candidateIndices[i] <= candidateIndices[i - 1]) {
                throw new PrivacyException("a unit's candidates are not strictly increasing");
            }
            squares += gridVotes[i] * gridVotes[i];
            // Checked at each step: neither term exceeds 2^60, so the sum cannot wrap.
            if (squares > VoteGrid.ONE_VOTE * VoteGrid.ONE_VOTE) {
                throw new PrivacyException("a unit's votes have an L2 norm above one vote");
            }
        }
        for (int i = 0; i < gridVotes.length; i++) {
            counts[candidateIndices[i]] = VoteGrid.sum(counts[candidateIndices[i]], gridVotes[i]);
        }
    }

    /**
     * Adds the votes of {@code other} to this one.
     *
     * @return this
     */
    public VoteHistogram merge(VoteHistogram other) {
        requireOpen();
        other.requireOpen();
        if (other == this) {
            throw new PrivacyException("a histogram is merged with itself: its votes would count twice");
        }
        if (other.candidates != candidates) {
            throw new PrivacyException(
                    "histograms over " + candidates + " and " + other.candidates + " candidates cannot be merged");
        }
        for (int i = 0; i < candidates; i++) {
            counts[i] = VoteGrid.sum(counts[i], other.counts[i]);
        }
        return this;
    }

    @Override
    public NoisyHistogram release(Charge charge, DiscreteGaussian noise) {
        requireOpen();
        charge.spend();
        long[] clean = counts;
        counts = null;
        double noiseMultiplier = charge.release().noiseMultiplier();
        try {
            long[] noisy = noise.sample(VoteGrid.noiseVariance(noiseMultiplier), candidates);
            for (int i = 0; i < candidates; i++) {
                noisy[i] = VoteGrid.sum(clean[i], noisy[i]);
            }
            return NoisyHistogram.restored(charge.release().releaseId(), noiseMultiplier, noisy);
        } finally {
            Arrays.fill(clean, 0);
            noise.forget();
        }
    }

    @Override
    public String toString() {
        return "VoteHistogram over " + candidates + " candidates";
    }

    private void requireOpen() {
        if (counts == null) {
            throw new PrivacyException("the histogram has been released: its votes are gone, cast them again");
        }
    }

    private void requireVote(int candidate, long gridVotes) {
        if (candidate < 0 || candidate >= candidates) {
            throw new PrivacyException("a vote names a candidate outside the histogram of " + candidates);
        }
        if (gridVotes < 0 || gridVotes > VoteGrid.ONE_VOTE) {
            throw new PrivacyException("a unit gives one candidate less than 0 or more than one vote");
        }
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        if (counts == null) {
            throw new NotSerializableException("a released VoteHistogram");
        }
        out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        if (counts == null || counts.length != candidates || candidates < 1) {
            throw new InvalidObjectException("not a VoteHistogram: its size is wrong");
        }
        for (long count : counts) {
            if (count < 0) {
                throw new InvalidObjectException("not a VoteHistogram: a count is negative");
            }
        }
    }
}

package org.privateevolution.vector;

import java.util.Arrays;

/**
 * The candidates that may be among the k nearest of one query, given float scores with at most a certain error (the
 * margin): all candidates whose score is at most twice the margin below the k-th best.
 */
final class Shortlist {

    private static final int INITIAL_CAPACITY = 32;

    /**
     * The approximate length limit. With more candidates as near as these, the hundreds of lists of a block would take
     * too much memory.
     */
    static final int LONGEST = 8192;

    private final float[] best;
    private double margin;
    private float floor;
    private boolean ascending;
    private int size;
    /**
     * The score, larger first, in the high half and the candidate in the low half, so that sorting ranks the entries.
     */
    private long[] entries;

    Shortlist(int k) {
        best = new float[k];
        entries = new long[Math.max(INITIAL_CAPACITY, 2 * k)];
    }

    /**
     * @param inOrder whether candidates are offered in the order that breaks ties
     */
    void clear(double scoreMargin, boolean inOrder) {
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        margin = scoreMargin;
        ascending = inOrder;
        floor = -Float.MAX_VALUE;
        size = 0;
    }

    /**
     * Announces that a candidate with this score will be offered. For k = 1, candidates that cannot reach it are then
     * skipped.
     */
    void expect(float score) {
        floor = Math.max(floor, margin == 0 ? score : roundedDown(score - 2 * margin));
    }

    /** The lowest score with which a further candidate can still matter; NaN if none can. */
    float floor() {
        return floor;
    }

    /**
     * The largest error of the scores; infinite if the shortlist cannot be used, because scores are out of range or too
     * many candidates are too close together.
     */
    double margin() {
        return margin;
    }

    /** Adds a candidate whose score reaches the floor. */
    void offer(float score, int candidate) {
        if (size == entries.length && !makeRoom()) {
            margin = Double.POSITIVE_INFINITY;
            floor = Float.NaN;
            return;
        }
        entries[size++] = (long) ~ordered(Float.floatToRawIntBits(score)) << 32 | candidate;
        int k = best.length;
        if (score > best[k - 1]) {
            int at = k - 1;
            for (; at > 0 && best[at - 1] < score; at--) {
                best[at] = best[at - 1];
            }
            best[at] = score;
            if (best[k - 1] > Float.NEGATIVE_INFINITY) {
                floor = Math.max(floor, least(best[k - 1]));
            }
        }
    }

    private float least(float kthBest) {
        if (margin == 0) {
            // With exact scores, a candidate that ties with the k-th best and has a higher index loses to it.
            return ascending ? Math.nextUp(kthBest) : kthBest;
        }
        return roundedDown(kthBest - 2 * margin);
    }

    /** Sorts the remaining candidates by score, then by index, and returns their number. */
    int rank() {
        dropBelowFloor();
        Arrays.sort(entries, 0, size);
        return size;
    }

    int candidate(int rank) {
        return (int) entries[rank];
    }

    float score(int rank) {
        return score(entries[rank]);
    }

    private boolean makeRoom() {
        dropBelowFloor();
        if (size <= entries.length / 2) {
            return true;
        }
        if (entries.length >= LONGEST) {
            return false;
        }
        entries = Arrays.copyOf(entries, 2 * entries.length);
        return true;
    }

    private void dropBelowFloor() {
        float least = Math.min(floor, best[best.length - 1]);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (score(entries[i]) >= least) {
                entries[kept++] = entries[i];
            }
        }
        size = kept;
    }

    private static float roundedDown(double value) {
        float nearest = (float) value;
        return nearest > value ? Math.nextDown(nearest) : nearest;
    }

    private static float score(long entry) {
        return Float.intBitsToFloat(ordered(~(int) (entry >> 32)));
    }

    /** Maps the bits of floats to integers in the same order, and back. */
    private static int ordered(int bits) {
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }
}

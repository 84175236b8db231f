package org.privateevolution.vector;

import java.util.Arrays;

/**
 * The candidates that may be among the k nearest of one query, by float scores that are off by at most a margin: all
 * whose score is not more than twice the margin below the k-th best.
 */
final class Shortlist {

    private static final int INITIAL_CAPACITY = 32;

    /** About how long it may grow. Where more candidates are as near, a block's hundreds would take too much memory. */
    static final int LONGEST = 8192;

    private final float[] best;
    private double margin;
    private float floor;
    private boolean ascending;
    private int size;
    /** Score, larger first, in the high half and candidate in the low half, so that sorting ranks them. */
    private long[] entries;

    Shortlist(int k) {
        best = new float[k];
        entries = new long[Math.max(INITIAL_CAPACITY, 2 * k)];
    }

    /** @param inOrder whether candidates are offered in the order that ties go by */
    void clear(double scoreMargin, boolean inOrder) {
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        margin = scoreMargin;
        ascending = inOrder;
        floor = -Float.MAX_VALUE;
        size = 0;
    }

    /** A candidate that will be offered has this score, so that, for k = 1, what cannot reach it does not matter. */
    void expect(float score) {
        floor = Math.max(floor, margin == 0 ? score : roundedDown(score - 2 * margin));
    }

    /** The least score that can still matter to a candidate after those offered; NaN if none can. */
    float floor() {
        return floor;
    }

    /** Infinite if this is not the way to find the nearest: scores are out of range, or tell too few candidates apart. */
    double margin() {
        return margin;
    }

    /** Takes a candidate whose score reaches the floor. */
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
            // Exact scores that tie with the k-th best lose to it, if they have higher indices.
            return ascending ? Math.nextUp(kthBest) : kthBest;
        }
        return roundedDown(kthBest - 2 * margin);
    }

    /** Ranks what is left by score, then by candidate. */
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

package org.privateevolution.vector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Orders candidates by {@link Metric#score}, then by index. */
final class ReferenceOrder {

    /** Subtracting from zero turns -0 into 0. */
    private static final Comparator<Scored> NEAREST_FIRST =
            Comparator.comparingDouble((Scored s) -> 0 - s.score).thenComparingInt(Scored::row);

    private static final int MOST_UNSORTED = 1024;

    private final Metric metric;
    private final CandidateRows candidates;

    ReferenceOrder(Metric metric, CandidateRows candidates) {
        this.metric = metric;
        this.candidates = candidates;
    }

    /**
     * Writes the k nearest rows of a query.
     *
     * @param shortlist the vectors that may be among them
     * @param queries holds the query at {@code at}
     * @param neighbors receives k rows at {@code from}
     * @return the vector that is strictly nearer than all others, or UNKNOWN if the shortlist's scores cannot tell
     */
    int decide(Shortlist shortlist, float[] queries, int at, int k, int[] neighbors, int from) {
        int ranked = shortlist.rank();
        double apart = 2 * shortlist.margin();
        int to = from + k;
        int next = from;
        int start = 0;
        while (next < to) {
            int end = start + 1;
            while (end < ranked && (double) shortlist.score(end - 1) - shortlist.score(end) <= apart) {
                end++;
            }
            int row = candidates.firstRow(shortlist.candidate(start));
            if (end - start == 1 && candidates.nextEqualRow(row) < 0) {
                neighbors[next++] = row;
            } else {
                List<Scored> close = new ArrayList<>(end - start);
                for (int i = start; i < end; i++) {
                    int candidate = shortlist.candidate(i);
                    double score = apart == 0 ? shortlist.score(i) : score(queries, at, candidate);
                    addRows(close, score, candidate, to - next);
                }
                next = write(close, neighbors, next, to);
            }
            start = end;
        }
        // If scores are exact, others with an equal score may be missing from the shortlist.
        boolean clear = apart > 0 && (ranked == 1 || (double) shortlist.score(0) - shortlist.score(1) > apart);
        return clear ? shortlist.candidate(0) : Winners.UNKNOWN;
    }

    /** Writes the k nearest rows of a query, considering all candidates. */
    void decideAmongAll(float[] queries, int at, int k, int[] neighbors, int from) {
        List<Scored> nearest = new ArrayList<>(MOST_UNSORTED);
        for (int candidate = 0; candidate < candidates.distinctSize(); candidate++) {
            addRows(nearest, score(queries, at, candidate), candidate, k);
            if (nearest.size() > MOST_UNSORTED) {
                nearest.sort(NEAREST_FIRST);
                nearest.subList(k, nearest.size()).clear();
            }
        }
        write(nearest, neighbors, from, from + k);
    }

    private double score(float[] queries, int at, int candidate) {
        int row = candidates.firstRow(candidate);
        return metric.score(queries, at, candidates.chunkOf(row), candidates.offsetOf(row), candidates.dimension());
    }

    private void addRows(List<Scored> into, double score, int candidate, int atMost) {
        int row = candidates.firstRow(candidate);
        for (int i = 0; i < atMost && row >= 0; i++) {
            into.add(new Scored(score, row));
            row = candidates.nextEqualRow(row);
        }
    }

    private static int write(List<Scored> scored, int[] neighbors, int from, int to) {
        scored.sort(NEAREST_FIRST);
        int next = from;
        for (int i = 0; i < scored.size() && next < to; i++) {
            neighbors[next++] = scored.get(i).row;
        }
        return next;
    }

    private record Scored(double score, int row) {}
}

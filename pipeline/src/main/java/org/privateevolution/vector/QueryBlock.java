package org.privateevolution.vector;

import java.util.Arrays;

/** Queries packed in groups, {@code [group][component][query]}, with what the search knows of each so far. */
final class QueryBlock {

    /** No score compares with NaN, not even an infinite one. */
    private static final float UNREACHABLE = Float.NaN;

    private final int groupSize;
    private final int dimension;
    private final float[] packed;
    private final float[] floors;
    private final Shortlist[] shortlists;
    private int rows;

    QueryBlock(int groupSize, int groups, int dimension, int k) {
        this.groupSize = groupSize;
        this.dimension = dimension;
        this.packed = new float[groups * groupSize * dimension];
        this.floors = new float[groups * groupSize];
        this.shortlists = new Shortlist[groups * groupSize];
        Arrays.setAll(shortlists, row -> new Shortlist(k));
    }

    int capacity() {
        return shortlists.length;
    }

    int groups() {
        return (rows + groupSize - 1) / groupSize;
    }

    /** Takes rows; those whose margin is infinite are not searched. */
    void fill(float[] queries, int firstRow, int count, ErrorBound errors) {
        rows = count;
        for (int row = 0; row < count; row++) {
            int at = (firstRow + row) * dimension;
            double squares = Metric.dot(queries, at, queries, at, dimension);
            if (!Double.isFinite(squares)) {
                throw new IllegalArgumentException("a query holds NaN or infinity; embeddings must be finite");
            }
            pack(queries, at, row);
            shortlists[row].clear(errors.margin(queries, at, dimension, Math.sqrt(squares)));
            floors[row] = searched(row) ? shortlists[row].floor() : UNREACHABLE;
        }
        // The rows that fill the last group up hold whatever was there before.
        Arrays.fill(floors, count, groups() * groupSize, UNREACHABLE);
    }

    private void pack(float[] queries, int at, int row) {
        int to = row / groupSize * groupSize * dimension + row % groupSize;
        for (int j = 0; j < dimension; j++) {
            packed[to + j * groupSize] = queries[at + j];
        }
    }

    boolean searched(int row) {
        return shortlists[row].margin() < Double.POSITIVE_INFINITY;
    }

    Shortlist shortlist(int row) {
        return shortlists[row];
    }

    /** Scores a panel of candidates, the first of which is {@code firstCandidate}, against all queries. */
    void scan(TileScorer scorer, float[] panel, float[] bias, int firstCandidate, float[][] tile) {
        for (int group = 0; group < groups(); group++) {
            int row = group * groupSize;
            int reached = scorer.score(panel, bias, packed, row * dimension, dimension, floors, row, tile);
            while (reached != 0) {
                int query = Integer.numberOfTrailingZeros(reached);
                offer(row + query, firstCandidate, tile[query]);
                reached &= reached - 1;
            }
        }
    }

    private void offer(int row, int firstCandidate, float[] scores) {
        Shortlist shortlist = shortlists[row];
        float floor = floors[row];
        for (int lane = 0; lane < scores.length; lane++) {
            if (scores[lane] >= floor) {
                shortlist.offer(scores[lane], firstCandidate + lane);
                floor = shortlist.floor();
            }
        }
        floors[row] = floor;
    }
}

package org.privateevolution.vector;

import java.util.Arrays;

/** Queries packed in groups, {@code [group][component][query]}, with what the search knows of each so far. */
final class QueryBlock {

    /** No score compares with NaN, not even an infinite one. */
    private static final float UNREACHABLE = Float.NaN;

    /** Components of a panel that stay in a core's first-level cache while all groups pass by. */
    private static final int SLICE = 256;

    private final int groupSize;
    private final int dimension;
    private final float[] packed;
    private final float[] floors;
    private final float[] unreachable;
    /** Sums so far, {@code [group][query][lane]}; one for all groups where one slice is the whole panel. */
    private final float[][][] tiles;

    private final Shortlist[] shortlists;
    private int rows;

    QueryBlock(TileScorer scorer, int groups, int dimension, int k) {
        this.groupSize = scorer.queries();
        this.dimension = dimension;
        this.packed = new float[groups * groupSize * dimension];
        this.floors = new float[groups * groupSize];
        this.unreachable = new float[groupSize];
        Arrays.fill(unreachable, UNREACHABLE);
        this.tiles = new float[dimension > SLICE ? groups : 1][groupSize][scorer.lanes()];
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

    /** Scores all queries against a panel of candidates, the first of which is {@code firstCandidate}. */
    void scan(TileScorer scorer, float[] panel, float[] bias, int firstCandidate) {
        float[][] starts = new float[groupSize][];
        Arrays.fill(starts, bias);
        int from = 0;
        for (; from < dimension - SLICE; from += SLICE) {
            for (int group = 0; group < groups(); group++) {
                int at = group * groupSize * dimension;
                float[][] tile = tiles[group % tiles.length];
                scorer.score(panel, packed, at, from, from + SLICE, from == 0 ? starts : tile, unreachable, 0, tile);
            }
        }
        for (int group = 0; group < groups(); group++) {
            int row = group * groupSize;
            float[][] tile = tiles[group % tiles.length];
            int reached = scorer.score(
                    panel, packed, row * dimension, from, dimension, from == 0 ? starts : tile, floors, row, tile);
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

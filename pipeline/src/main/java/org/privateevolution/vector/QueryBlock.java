package org.privateevolution.vector;

import java.util.Arrays;

/**
 * Queries packed in groups, {@code [group][component][query]}, with the current state of the search for each. Queries
 * whose winner among the kept candidates is known come last, so that whole groups can skip these candidates.
 */
final class QueryBlock {

    /** No score compares with NaN, not even an infinite one. */
    private static final float UNREACHABLE = Float.NaN;

    private final int groupSize;
    private final int dimension;
    private final int slice;
    private final float[] packed;
    private final float[] floors;
    private final float[] unreachable;
    /** Sums so far, {@code [group][query][lane]}; one tile for all groups if one slice is the whole panel. */
    private final float[][] tiles;

    private final float[] sparseTile;
    private final float[] sparseFloors = new float[SparseRows.PANELS];
    private final int lanes;
    private final int words;
    /** One bit per score of a tile, {@code [query][word]}. */
    private final int[] reached;

    private final boolean nearestOnly;
    private final Shortlist[] shortlists;
    private final double[] norms;
    /** The row at each place, counted from the first row of the block. */
    private final int[] order;
    /** The kept candidate that each place is known to be nearest to, or UNKNOWN, and its score. */
    private final int[] winners;

    private final float[] winnerScores;
    private int rows;
    private int unknown;

    QueryBlock(TileScorer scorer, int groups, int dimension, int k) {
        this.groupSize = scorer.queries();
        this.dimension = dimension;
        this.slice = scorer.slice();
        this.packed = new float[groups * groupSize * dimension];
        this.floors = new float[groups * groupSize];
        this.unreachable = new float[groupSize];
        Arrays.fill(unreachable, UNREACHABLE);
        this.tiles = new float[dimension > slice ? groups : 1][groupSize * scorer.lanes()];
        this.sparseTile = new float[SparseRows.PANELS * scorer.lanes()];
        this.lanes = scorer.lanes();
        this.words = scorer.words();
        this.reached = new int[Math.max(groupSize, SparseRows.PANELS) * words];
        this.nearestOnly = k == 1;
        this.shortlists = new Shortlist[groups * groupSize];
        Arrays.setAll(shortlists, row -> new Shortlist(k));
        this.norms = new double[shortlists.length];
        this.order = new int[shortlists.length];
        this.winners = new int[shortlists.length];
        this.winnerScores = new float[shortlists.length];
    }

    int capacity() {
        return shortlists.length;
    }

    int groups() {
        return (rows + groupSize - 1) / groupSize;
    }

    /** Number of groups that hold a query whose winner among the kept candidates is not known. */
    int unknownGroups() {
        return (unknown + groupSize - 1) / groupSize;
    }

    /**
     * Loads rows into the block. Rows whose margin is infinite are not searched.
     *
     * @param known the kept candidate that each row is known to be nearest to, or UNKNOWN
     * @param ascending whether candidates are in the order that breaks ties
     */
    void fill(float[] queries, int firstRow, int[] known, ErrorBound errors, boolean ascending) {
        rows = known.length;
        arrange(known);
        for (int row = 0; row < rows; row++) {
            int at = (firstRow + order[row]) * dimension;
            double squares = Metric.dot(queries, at, queries, at, dimension);
            if (!Double.isFinite(squares)) {
                throw new IllegalArgumentException("a query holds NaN or infinity; embeddings must be finite");
            }
            pack(queries, at, row);
            norms[row] = Math.sqrt(squares);
            shortlists[row].clear(errors.margin(queries, at, dimension, norms[row]), ascending);
            floors[row] = searched(row) ? shortlists[row].floor() : UNREACHABLE;
        }
        // The rows that fill the last group up keep their old content.
        Arrays.fill(floors, rows, groups() * groupSize, UNREACHABLE);
    }

    private void arrange(int... known) {
        unknown = 0;
        for (int row = 0; row < rows; row++) {
            if (known[row] == Winners.UNKNOWN) {
                order[unknown++] = row;
            }
        }
        int next = unknown;
        for (int row = 0; row < rows; row++) {
            if (known[row] != Winners.UNKNOWN) {
                order[next++] = row;
            }
        }
        for (int place = 0; place < rows; place++) {
            winners[place] = known[order[place]];
        }
    }

    /** The row at a place, counted from the first row of the block. */
    int row(int place) {
        return order[place];
    }

    /** The kept candidate that a place is known to be nearest to, or UNKNOWN. */
    int winner(int place) {
        return winners[place];
    }

    /** Sets the score of a place's known winner, before the search. */
    void expect(int place, float score) {
        winnerScores[place] = score;
        shortlists[place].expect(score);
        floors[place] = shortlists[place].floor();
    }

    /** Adds a place's known winner after a search that skipped it. */
    void offerWinner(int place) {
        shortlists[place].offer(winnerScores[place], winners[place]);
    }

    private void pack(float[] queries, int at, int row) {
        int to = row / groupSize * groupSize * dimension + row % groupSize;
        for (int j = 0; j < dimension; j++) {
            packed[to + j * groupSize] = queries[at + j];
        }
    }

    /** The queries, {@code [group][component][query]}. */
    float[] packed() {
        return packed;
    }

    double norm(int row) {
        return norms[row];
    }

    /**
     * Whether the shortlist of a place gives its nearest candidates; a search that finds too many turns this to false.
     */
    boolean searched(int row) {
        return shortlists[row].margin() < Double.POSITIVE_INFINITY;
    }

    Shortlist shortlist(int row) {
        return shortlists[row];
    }

    /**
     * Scores the queries of the first {@code groups} groups against a panel of candidates.
     *
     * @param firstCandidate the first candidate of the panel
     */
    void scan(TileScorer scorer, int groups, float[] panel, float[] bias, int firstCandidate) {
        int from = 0;
        for (; from < dimension - slice; from += slice) {
            for (int group = 0; group < groups; group++) {
                sum(scorer, panel, bias, group, from, from + slice, unreachable, 0, true);
            }
        }
        for (int group = 0; group < groups; group++) {
            int row = group * groupSize;
            float[] tile = tiles[group % tiles.length];
            if (sum(scorer, panel, bias, group, from, dimension, floors, row, false)) {
                scorer.reached(tile, groupSize, floors, row, reached);
                for (int query = 0; query < groupSize; query++) {
                    offerReached(row + query, tile, query, firstCandidate);
                }
            }
        }
    }

    /**
     * Scores the first {@code count} queries against {@link SparseRows#PANELS} panels, without the zeros of the
     * queries.
     *
     * @param sparse the queries of this block
     * @param first the first of the panels
     * @return the number of multiply-adds
     */
    long scan(TileScorer scorer, SparseRows sparse, int count, float[][] panels, float[][] biases, int first) {
        for (int row = 0; row < count; row++) {
            boolean any = scorer.score(
                    panels,
                    first,
                    sparse.places(),
                    sparse.values(),
                    sparse.start(row),
                    sparse.start(row + 1),
                    biases,
                    floors[row],
                    sparseTile);
            if (any) {
                Arrays.fill(sparseFloors, floors[row]);
                scorer.reached(sparseTile, SparseRows.PANELS, sparseFloors, 0, reached);
                for (int panel = 0; panel < SparseRows.PANELS; panel++) {
                    offerReached(row, sparseTile, panel, (first + panel) * lanes);
                }
            }
        }
        return (long) sparse.start(count) * SparseRows.PANELS * lanes;
    }

    private boolean sum(
            TileScorer scorer,
            float[] panel,
            float[] bias,
            int group,
            int from,
            int to,
            float[] least,
            int leastAt,
            boolean keep) {
        float[] tile = tiles[group % tiles.length];
        int at = group * groupSize * dimension;
        return from == 0
                ? scorer.score(panel, packed, at, from, to, bias, 0, least, leastAt, keep, tile)
                : scorer.score(panel, packed, at, from, to, tile, scorer.lanes(), least, leastAt, keep, tile);
    }

    /** Offers the candidates of one row of a tile whose scores reach the floor of a place. */
    private void offerReached(int place, float[] tile, int tileRow, int firstCandidate) {
        for (int word = 0; word < words; word++) {
            int bits = reached[tileRow * words + word];
            if (bits != 0) {
                int lane = word * Integer.SIZE;
                offer(place, tile, tileRow * lanes + lane, bits, firstCandidate + lane);
            }
        }
    }

    private void offer(int place, float[] tile, int at, int bits, int firstCandidate) {
        Shortlist shortlist = shortlists[place];
        float floor = floors[place];
        if (nearestOnly && (bits & bits - 1) != 0) {
            // With the largest score announced, hardly any of the others has to be offered.
            float largest = floor;
            for (int rest = bits; rest != 0; rest &= rest - 1) {
                float score = tile[at + Integer.numberOfTrailingZeros(rest)];
                largest = score > largest ? score : largest;
            }
            shortlist.expect(largest);
            floor = shortlist.floor();
        }
        for (int rest = bits; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            if (tile[at + lane] >= floor) {
                shortlist.offer(tile[at + lane], firstCandidate + lane);
                floor = shortlist.floor();
            }
        }
        floors[place] = floor;
    }
}

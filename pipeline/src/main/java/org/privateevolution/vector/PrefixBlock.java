package org.privateevolution.vector;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Searches a block of queries behind a {@link PrefixFilter}. A tile of queries and candidates is finished if all its
 * bounds stay below the scores that the queries have found already. If few pairs exceed them, these pairs are scored
 * one by one; if many do, the tile is scored as a whole. Queries that are hard for the filter are placed together, so
 * that they do not keep tiles of easy ones alive.
 */
final class PrefixBlock {

    private static final float UNREACHABLE = Float.NaN;

    /**
     * The cost of a pair beyond its multiply-adds, in multiply-adds; each of these costs twice as much as in a tile.
     */
    private static final int PAIR_OVERHEAD = 512;

    private static final int PAIR_FACTOR = 2;

    /** Number of pairs of one query that are scored together. */
    private static final int BATCH = 4;

    /** The cost of a stage beyond its components, in components. */
    private static final int STAGE_OVERHEAD = 8;

    /** The share of pairs that another stage is expected to rule out. */
    private static final double STAGE_GAIN = 0.7;

    /** The largest number of queries of a tile that may reach their floors for another stage to be worthwhile. */
    private static final int MOST_REACHED = 2;

    private final PrefixFilter filter;
    private final TileScorer scorer;
    private final CandidateRows candidates;
    private final float[][] biases;
    private final float[][] scales;
    private final QueryBlock block;
    private final int dimension;
    private final int groupSize;
    private final float[][] components;
    private final float[] packed;
    /** Floors of the bounds and of the scores, one per slot. */
    private final float[] boundFloors;

    private final float[] scoreFloors;
    private final double[] slacks;
    private final double[] norms;
    /** Complete queries of the groups that needed them. */
    private final float[] whole;

    private final boolean[] hasWhole;
    private final float[] tile;
    private final float[] scratch;
    /** Pairs that wait until a query has enough of them to score together. */
    private final int[] waiting;

    private final int[] waitingCandidates;
    private final float[] waitingBounds;
    private final float[][] pairRows = new float[BATCH][];
    private final int[] pairAts = new int[BATCH];
    private final float[] products = new float[BATCH];
    private final int words;
    /** One bit per score of the tile, {@code [query][word]}. */
    private final int[] reached;

    private final int[] limits;
    private int[] rows;
    private float[] queries;
    private int firstRow;
    private long scored;

    PrefixBlock(
            PrefixFilter filter,
            TileScorer scorer,
            CandidateRows candidates,
            float[][] biases,
            float[][] scales,
            QueryBlock block) {
        this.biases = biases;
        this.scales = scales;
        this.filter = filter;
        this.scorer = scorer;
        this.candidates = candidates;
        this.block = block;
        this.dimension = candidates.dimension();
        this.groupSize = scorer.queries();
        int capacity = block.capacity();
        this.components = new float[capacity][filter.components()];
        this.packed = new float[capacity * filter.components()];
        this.boundFloors = new float[capacity];
        this.scoreFloors = new float[capacity];
        this.slacks = new double[capacity];
        this.norms = new double[capacity];
        this.whole = new float[capacity * dimension];
        this.hasWhole = new boolean[capacity / groupSize];
        this.scratch = new float[BATCH * scorer.lanes()];
        this.waiting = new int[capacity];
        this.waitingCandidates = new int[capacity * BATCH];
        this.waitingBounds = new float[capacity * BATCH];
        this.tile = new float[groupSize * scorer.lanes()];
        this.words = scorer.words();
        this.reached = new int[groupSize * words];
        this.limits = limits();
    }

    /**
     * The number of pairs of a tile up to which each stage leaves them to be scored one by one; with more, the tile
     * goes on to the next stage.
     */
    private int[] limits() {
        double pair = (double) (PAIR_FACTOR * dimension + PAIR_OVERHEAD) / (groupSize * scorer.lanes());
        int[] most = new int[filter.stages()];
        for (int stage = 0; stage < most.length; stage++) {
            boolean last = stage == most.length - 1;
            most[stage] = last
                    ? (int) (dimension / pair)
                    : (int) ((filter.start(stage + 2) - filter.start(stage + 1) + STAGE_OVERHEAD)
                            / (pair * STAGE_GAIN));
        }
        return most;
    }

    /** Loads the block with {@code count} queries from row {@code first} on. */
    void fill(float[] allQueries, int first, int count) {
        queries = allQueries;
        firstRow = first;
        for (int row = 0; row < count; row++) {
            norms[row] = block.norm(row);
        }
        float[][] used = Arrays.copyOf(components, count);
        for (int group = 0; group < block.groups(); group++) {
            filter.project(block.packed(), group * groupSize * dimension, norms, group * groupSize, tile, used);
        }
        int unknown = Math.min(count, block.unknownGroups() * groupSize);
        rows = IntStream.concat(easiestFirst(0, unknown), easiestFirst(unknown, count))
                .toArray();
        Arrays.fill(boundFloors, UNREACHABLE);
        Arrays.fill(scoreFloors, UNREACHABLE);
        Arrays.fill(hasWhole, false);
        for (int slot = 0; slot < count; slot++) {
            int row = rows[slot];
            int at = slot / groupSize * groupSize * filter.components() + slot % groupSize;
            for (int j = 0; j < filter.components(); j++) {
                packed[at + j * groupSize] = components[row][j];
            }
            if (block.searched(row)) {
                slacks[slot] = filter.slack(norms[row]);
                lower(slot, block.shortlist(row).floor());
            }
        }
        scored = 0;
    }

    private IntStream easiestFirst(int from, int to) {
        return IntStream.range(from, to)
                .boxed()
                .sorted((a, b) -> Float.compare(filter.rest(components[a]), filter.rest(components[b])))
                .mapToInt(Integer::intValue);
    }

    /** The number of components multiplied since the block was filled, over all queries and candidates. */
    long scored() {
        return scored;
    }

    private void lower(int slot, float floor) {
        scoreFloors[slot] = floor;
        boundFloors[slot] = (float) Math.max(-Float.MAX_VALUE, Math.nextDown((float) (floor - slacks[slot])));
    }

    /** Scores the queries of the first groups against a panel of candidates. */
    void scan(int panel, int groups, float[] wholePanel) {
        int firstCandidate = panel * scorer.lanes();
        for (int group = 0; group < groups; group++) {
            int slot = group * groupSize;
            if (!bounded(panel, slot, biases[panel])) {
                scanWhole(slot, wholePanel, biases[panel], firstCandidate);
            } else {
                for (int query = 0; query < groupSize; query++) {
                    addPairs(slot + query, query, firstCandidate);
                }
            }
        }
    }

    /** Whether the bounds leave so few pairs of a tile that {@link #reached} lists them all. */
    private boolean bounded(int panel, int slot, float[] bias) {
        int at = slot * filter.components();
        for (int stage = 0; stage < filter.stages(); stage++) {
            int from = filter.start(stage);
            int to = filter.start(stage + 1);
            scored += to - from;
            boolean any = stage == 0
                    ? scorer.score(filter.panel(panel), packed, at, from, to, bias, 0, boundFloors, slot, false, tile)
                    : scorer.score(
                            filter.panel(panel),
                            packed,
                            at,
                            from,
                            to,
                            tile,
                            scorer.lanes(),
                            boundFloors,
                            slot,
                            false,
                            tile);
            if (!any) {
                Arrays.fill(reached, 0);
                return true;
            }
            scorer.reached(tile, groupSize, boundFloors, slot, reached);
            if (stage < filter.stages() - 1 && queriesReached() > MOST_REACHED) {
                continue;
            }
            int pairs = 0;
            for (int lanes : reached) {
                pairs += Integer.bitCount(lanes);
            }
            if (pairs <= limits[stage]) {
                return true;
            }
        }
        return false;
    }

    private int queriesReached() {
        int count = 0;
        for (int query = 0; query < groupSize; query++) {
            int lanes = 0;
            for (int word = query * words; word < (query + 1) * words; word++) {
                lanes |= reached[word];
            }
            count += lanes == 0 ? 0 : 1;
        }
        return count;
    }

    private void addPairs(int slot, int query, int firstCandidate) {
        for (int word = 0; word < words; word++) {
            for (int rest = reached[query * words + word]; rest != 0; rest &= rest - 1) {
                int lane = word * Integer.SIZE + Integer.numberOfTrailingZeros(rest);
                int at = slot * BATCH + waiting[slot]++;
                waitingCandidates[at] = firstCandidate + lane;
                waitingBounds[at] = tile[query * scorer.lanes() + lane];
                if (waiting[slot] == BATCH) {
                    scorePairs(slot);
                }
            }
        }
    }

    /** Scores the remaining waiting pairs. */
    void finish() {
        for (int slot = 0; slot < rows.length; slot++) {
            scorePairs(slot);
        }
    }

    private void scorePairs(int slot) {
        int count = 0;
        for (int i = slot * BATCH; i < slot * BATCH + waiting[slot]; i++) {
            if (waitingBounds[i] >= boundFloors[slot]) {
                int candidate = waitingCandidates[i];
                waitingCandidates[slot * BATCH + count] = candidate;
                int row = candidates.firstRow(candidate);
                pairRows[count] = candidates.chunkOf(row);
                pairAts[count++] = candidates.offsetOf(row);
            }
        }
        waiting[slot] = 0;
        if (count == 0) {
            return;
        }
        for (int i = count; i < BATCH; i++) {
            pairRows[i] = pairRows[0];
            pairAts[i] = pairAts[0];
        }
        scorer.dots(
                queries,
                (firstRow + block.row(rows[slot])) * dimension,
                pairRows,
                pairAts,
                dimension,
                products,
                scratch);
        for (int i = 0; i < count; i++) {
            int candidate = waitingCandidates[slot * BATCH + i];
            int panel = candidate / scorer.lanes();
            int lane = candidate % scorer.lanes();
            float score = products[i] * scales[panel][lane] + biases[panel][lane];
            if (score >= scoreFloors[slot]) {
                Shortlist shortlist = block.shortlist(rows[slot]);
                shortlist.offer(score, candidate);
                lower(slot, shortlist.floor());
            }
        }
    }

    private void scanWhole(int slot, float[] wholePanel, float[] bias, int firstCandidate) {
        int at = slot * dimension;
        if (!hasWhole[slot / groupSize]) {
            hasWhole[slot / groupSize] = true;
            for (int query = 0; query < groupSize && slot + query < rows.length; query++) {
                int from = (firstRow + block.row(rows[slot + query])) * dimension;
                for (int j = 0; j < dimension; j++) {
                    whole[at + j * groupSize + query] = queries[from + j];
                }
            }
        }
        scored += dimension;
        if (!scorer.score(wholePanel, whole, at, 0, dimension, bias, 0, scoreFloors, slot, false, tile)) {
            return;
        }
        scorer.reached(tile, groupSize, scoreFloors, slot, reached);
        for (int query = 0; query < groupSize; query++) {
            for (int word = 0; word < words; word++) {
                offer(
                        slot + query,
                        query * scorer.lanes() + word * Integer.SIZE,
                        reached[query * words + word],
                        firstCandidate + word * Integer.SIZE);
            }
        }
    }

    private void offer(int slot, int tileAt, int lanes, int firstCandidate) {
        if (lanes == 0) {
            return;
        }
        scorePairs(slot);
        Shortlist shortlist = block.shortlist(rows[slot]);
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            float score = tile[tileAt + lane];
            if (score >= scoreFloors[slot]) {
                shortlist.offer(score, firstCandidate + lane);
                lower(slot, shortlist.floor());
            }
        }
    }
}

package org.privateevolution.vector;

import java.util.Arrays;
import java.util.Optional;

/**
 * Candidates packed in panels {@code [component][lane]}. A search scores blocks of queries against panel after panel in
 * float, keeps the candidates that a rigorous error bound cannot rule out, and lets the reference score decide among
 * them. Where it is faster, a {@link PrefixFilter} goes before the panels.
 *
 * <p>Candidates that were also in the previous index come first. If a row's winner in that search is one of them and
 * was strictly nearer than all other candidates, it is still the nearest of them, because their scores have not
 * changed. Such a row is searched only among the other candidates, starting from the score of that winner.
 */
final class PanelIndex implements CandidateIndex {

    /** Floats of packed queries, 1 MiB: about what stays in a core's second-level cache while panels pass by. */
    private static final int BLOCK_FLOATS = 256 * 1024;

    private static final int MIN_BLOCK_ROWS = 96;
    private static final int MAX_BLOCK_ROWS = 480;

    private final CandidateRows candidates;
    private final TileScorer scorer;
    private final ReferenceOrder order;
    private final ErrorBound errors;
    private final float[][] panels;
    private final float[][] biases;
    private final float[][] scales;
    private final PruningChoice choice;
    /**
     * Whether norms are moderate. Single pairs are scored before cosine scales the candidates, which could overflow for
     * extreme norms.
     */
    private final boolean moderate;

    /** Identifies this index to the next one. */
    private final Object identity = new Object();

    /** Identity of the previous index; {@code kept} maps its distinct vectors to those of this index, or to UNKNOWN. */
    private final Object earlier;

    private final int[] kept;
    private final int keptPanels;
    private final boolean ascending;
    private final Metric metric;

    PanelIndex(
            Metric metric, CandidateRows candidates, TileScorer scorer, Pruning pruning, Optional<PanelIndex> before) {
        this.metric = metric;
        this.candidates = candidates;
        double largestSquares = 0;
        double leastSquares = Double.POSITIVE_INFINITY;
        int grid = Integer.MAX_VALUE;
        int dimension = candidates.dimension();
        double[] squaresOf = new double[candidates.size()];
        for (int candidate = 0; candidate < candidates.distinctSize(); candidate++) {
            int row = candidates.firstRow(candidate);
            float[] values = candidates.chunkOf(row);
            int at = candidates.offsetOf(row);
            double squares = Metric.dot(values, at, values, at, dimension);
            squaresOf[row] = squares;
            largestSquares = Math.max(largestSquares, squares);
            leastSquares = squares > 0 ? Math.min(leastSquares, squares) : leastSquares;
            grid = Math.min(grid, ErrorBound.grid(values, at, dimension));
        }
        double largestNorm = metric == Metric.COSINE ? 1 : Math.sqrt(largestSquares);
        this.errors = new ErrorBound(metric, dimension, largestNorm, grid);
        if (metric == Metric.L2 && !errors.mayBeExact()) {
            // Exact scores tie often, and only in the order of rows does a tie end at the first of them.
            candidates.sortFromMean(metric);
        }
        Optional<PanelIndex> comparable = before.filter(index -> index.metric == metric);
        this.earlier = comparable.map(index -> index.identity).orElseGet(Object::new);
        this.kept = comparable.map(index -> candidates.keep(index.candidates)).orElse(new int[0]);
        this.keptPanels = (int) Arrays.stream(kept)
                        .filter(vector -> vector != Winners.UNKNOWN)
                        .count()
                / scorer.lanes();
        this.ascending = candidates.isAscending();
        this.scorer = scorer;
        this.order = new ReferenceOrder(metric, candidates);
        int lanes = scorer.lanes();
        int count = (candidates.distinctSize() + lanes - 1) / lanes;
        this.panels = new float[count][lanes * dimension];
        this.biases = new float[count][lanes];
        this.scales = new float[count][lanes];
        // The lanes that fill the last panel up have a score of minus infinity.
        Arrays.fill(biases[count - 1], Float.NEGATIVE_INFINITY);
        for (int candidate = 0; candidate < candidates.distinctSize(); candidate++) {
            int row = candidates.firstRow(candidate);
            float[] values = candidates.chunkOf(row);
            int at = candidates.offsetOf(row);
            double squares = squaresOf[row];
            double scale = metric == Metric.COSINE && squares > 0 ? 1 / Math.sqrt(squares) : 1;
            float[] panel = panels[candidate / lanes];
            for (int j = 0; j < dimension; j++) {
                panel[j * lanes + candidate % lanes] = (float) (values[at + j] * scale);
            }
            scales[candidate / lanes][candidate % lanes] = (float) scale;
            biases[candidate / lanes][candidate % lanes] = metric == Metric.L2 ? (float) (0 - squares / 2) : 0;
        }
        this.moderate =
                PrefixFilter.applies(Math.sqrt(leastSquares)) && PrefixFilter.applies(Math.sqrt(largestSquares));
        boolean prunes = pruning != Pruning.NEVER
                && moderate
                && (pruning == Pruning.ALWAYS || PrefixFilter.isWorthwhile(dimension, candidates.distinctSize()));
        this.choice = new PruningChoice(
                prunes ? pruning : Pruning.NEVER,
                PrefixFilter.buildSeconds(dimension, candidates.distinctSize()),
                () -> new PrefixFilter(scorer, candidates, scales, largestNorm));
    }

    @Override
    public int size() {
        return candidates.size();
    }

    @Override
    public int dimension() {
        return candidates.dimension();
    }

    @Override
    public Search search(float[] queries, int firstRow, int rows, int k, int[] neighbors, Winners before) {
        check(queries, firstRow, rows, k, neighbors);
        if (rows == 0) {
            return new Search(0, Winners.NONE);
        }
        int[] known = known(before, rows, k);
        int[] winners = Winners.unknown(k == 1 ? rows : 0);
        QueryBlock block = new QueryBlock(scorer, groups(rows), dimension(), Math.min(k, candidates.distinctSize()));
        SparseRows sparse = new SparseRows(block.capacity(), dimension(), scorer.lanes());
        PrefixBlock prefixes = null;
        long tile = (long) scorer.queries() * scorer.lanes();
        long multiplyAdds = 0;
        for (int done = 0; done < rows; done += block.capacity()) {
            int count = Math.min(block.capacity(), rows - done);
            PrefixFilter filter = choice.next();
            long start = System.nanoTime();
            block.fill(queries, firstRow + done, Arrays.copyOfRange(known, done, done + count), errors, ascending);
            expectWinners(block, queries, firstRow + done, count);
            if (filter == null) {
                boolean skipsZeros = sparse.fill(queries, firstRow + done, block, count);
                int p = 0;
                while (p < panels.length) {
                    int groups = p < keptPanels ? block.unknownGroups() : block.groups();
                    int end = p < keptPanels ? keptPanels : panels.length;
                    if (skipsZeros && p + SparseRows.PANELS <= end) {
                        int searched = Math.min(count, groups * scorer.queries());
                        multiplyAdds += block.scan(scorer, sparse, searched, panels, biases, p);
                        p += SparseRows.PANELS;
                    } else {
                        block.scan(scorer, groups, panels[p], biases[p], p * scorer.lanes());
                        multiplyAdds += tile * groups * dimension();
                        p++;
                    }
                }
            } else {
                if (prefixes == null) {
                    prefixes = new PrefixBlock(filter, scorer, candidates, biases, scales, block);
                }
                prefixes.fill(queries, firstRow + done, count);
                for (int p = 0; p < panels.length; p++) {
                    prefixes.scan(p, p < keptPanels ? block.unknownGroups() : block.groups(), panels[p]);
                }
                prefixes.finish();
                multiplyAdds += tile * prefixes.scored();
            }
            for (int place = 0; place < count; place++) {
                int row = done + block.row(place);
                int at = (firstRow + row) * dimension();
                if (!block.searched(place)) {
                    order.decideAmongAll(queries, at, k, neighbors, row * k);
                    continue;
                }
                if (place >= block.unknownGroups() * scorer.queries()
                        && block.winner(place) < keptPanels * scorer.lanes()) {
                    block.offerWinner(place);
                }
                int clear = order.decide(block.shortlist(place), queries, at, k, neighbors, row * k);
                if (k == 1) {
                    winners[row] = clear;
                }
            }
            choice.took(filter != null, count, System.nanoTime() - start);
        }
        return new Search(multiplyAdds, new Winners(identity, winners));
    }

    /** For each row, the candidate known to be nearest among those that were in the previous index. */
    private int[] known(Winners before, int rows, int k) {
        int[] known = Winners.unknown(rows);
        if (k == 1 && moderate && before.areOf(earlier, rows)) {
            for (int row = 0; row < rows; row++) {
                int winner = before.vector(row);
                known[row] = winner == Winners.UNKNOWN ? winner : kept[winner];
            }
        }
        return known;
    }

    private void expectWinners(QueryBlock block, float[] queries, int firstRow, int count) {
        float[] scratch = new float[scorer.lanes()];
        for (int place = 0; place < count; place++) {
            int winner = block.winner(place);
            if (winner != Winners.UNKNOWN && block.searched(place)) {
                int row = candidates.firstRow(winner);
                float product = scorer.dot(
                        queries,
                        (firstRow + block.row(place)) * dimension(),
                        candidates.chunkOf(row),
                        candidates.offsetOf(row),
                        dimension(),
                        scratch);
                int panel = winner / scorer.lanes();
                int lane = winner % scorer.lanes();
                block.expect(place, product * scales[panel][lane] + biases[panel][lane]);
            }
        }
    }

    private int groups(int rows) {
        int most = Math.max(MIN_BLOCK_ROWS, Math.min(MAX_BLOCK_ROWS, BLOCK_FLOATS / dimension()));
        int blocks = (rows + most - 1) / most;
        int each = (rows + blocks - 1) / blocks;
        return (each + scorer.queries() - 1) / scorer.queries();
    }

    private void check(float[] queries, int firstRow, int rows, int k, int[] neighbors) {
        if (k < 1 || k > size() || k > MAX_NEIGHBORS) {
            throw new IllegalArgumentException("k is " + k + ", must be 1 to " + Math.min(MAX_NEIGHBORS, size())
                    + " for " + size() + " candidates");
        }
        if (firstRow < 0 || rows < 0 || ((long) firstRow + rows) * dimension() > queries.length) {
            throw new IllegalArgumentException("rows " + firstRow + " to " + ((long) firstRow + rows)
                    + " do not lie within " + queries.length + " floats of dimension " + dimension());
        }
        if ((long) rows * k > neighbors.length) {
            throw new IllegalArgumentException("room for " + neighbors.length + " neighbours, " + rows + " rows need "
                    + (long) rows * k + " for k " + k);
        }
    }
}

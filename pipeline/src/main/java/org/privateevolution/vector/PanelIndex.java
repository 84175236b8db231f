package org.privateevolution.vector;

import java.util.Arrays;

/**
 * Candidates packed in panels {@code [component][lane]}. A search scores blocks of queries against panel after panel in
 * float, keeps what a rigorous error bound cannot rule out, and lets the reference score decide among that. Where it is
 * faster, a {@link PrefixFilter} goes before the panels.
 */
final class PanelIndex implements CandidateIndex {

    /** Floats of packed queries that stay in a core's second-level cache next to a panel. */
    private static final int BLOCK_FLOATS = 96 * 1024;

    private static final int MIN_BLOCK_ROWS = 48;
    private static final int MAX_BLOCK_ROWS = 480;

    private final CandidateRows candidates;
    private final TileScorer scorer;
    private final ReferenceOrder order;
    private final ErrorBound errors;
    private final float[][] panels;
    private final float[][] biases;
    private final float[][] scales;
    private final PruningChoice choice;

    PanelIndex(Metric metric, CandidateRows candidates, TileScorer scorer, Pruning pruning) {
        this.candidates = candidates;
        this.scorer = scorer;
        this.order = new ReferenceOrder(metric, candidates);
        int lanes = scorer.lanes();
        int dimension = candidates.dimension();
        int count = (candidates.distinctSize() + lanes - 1) / lanes;
        this.panels = new float[count][lanes * dimension];
        this.biases = new float[count][lanes];
        this.scales = new float[count][lanes];
        // Lanes that fill the last panel up score minus infinity.
        Arrays.fill(biases[count - 1], Float.NEGATIVE_INFINITY);
        double largestSquares = 0;
        double leastSquares = Double.POSITIVE_INFINITY;
        int grid = Integer.MAX_VALUE;
        for (int candidate = 0; candidate < candidates.distinctSize(); candidate++) {
            int row = candidates.firstRow(candidate);
            float[] values = candidates.chunkOf(row);
            int at = candidates.offsetOf(row);
            double squares = Metric.dot(values, at, values, at, dimension);
            largestSquares = Math.max(largestSquares, squares);
            leastSquares = squares > 0 ? Math.min(leastSquares, squares) : leastSquares;
            grid = Math.min(grid, ErrorBound.grid(values, at, dimension));
            double scale = metric == Metric.COSINE && squares > 0 ? 1 / Math.sqrt(squares) : 1;
            float[] panel = panels[candidate / lanes];
            for (int j = 0; j < dimension; j++) {
                panel[j * lanes + candidate % lanes] = (float) (values[at + j] * scale);
            }
            scales[candidate / lanes][candidate % lanes] = (float) scale;
            biases[candidate / lanes][candidate % lanes] = metric == Metric.L2 ? (float) (0 - squares / 2) : 0;
        }
        double largestNorm = metric == Metric.COSINE ? 1 : Math.sqrt(largestSquares);
        this.errors = new ErrorBound(metric, dimension, largestNorm, grid);
        // Scores of single pairs are taken from the candidates as they are, before cosine scales them.
        boolean moderate =
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
    public long search(float[] queries, int firstRow, int rows, int k, int[] neighbors) {
        check(queries, firstRow, rows, k, neighbors);
        if (rows == 0) {
            return 0;
        }
        QueryBlock block = new QueryBlock(scorer, groups(rows), dimension(), Math.min(k, candidates.distinctSize()));
        PrefixBlock prefixes = null;
        long tile = (long) scorer.queries() * scorer.lanes();
        long multiplyAdds = 0;
        for (int done = 0; done < rows; done += block.capacity()) {
            int count = Math.min(block.capacity(), rows - done);
            PrefixFilter filter = choice.next();
            long start = System.nanoTime();
            block.fill(queries, firstRow + done, count, errors);
            if (filter == null) {
                for (int p = 0; p < panels.length; p++) {
                    block.scan(scorer, panels[p], biases[p], p * scorer.lanes());
                }
                multiplyAdds += tile * block.groups() * panels.length * dimension();
            } else {
                if (prefixes == null) {
                    prefixes = new PrefixBlock(filter, scorer, candidates, biases, scales, block);
                }
                prefixes.fill(queries, firstRow + done, count);
                for (int p = 0; p < panels.length; p++) {
                    prefixes.scan(p, panels[p]);
                }
                prefixes.finish();
                multiplyAdds += tile * prefixes.scored();
            }
            for (int row = 0; row < count; row++) {
                int at = (firstRow + done + row) * dimension();
                int to = (done + row) * k;
                if (block.searched(row)) {
                    order.decide(block.shortlist(row), queries, at, k, neighbors, to);
                } else {
                    order.decideAmongAll(queries, at, k, neighbors, to);
                }
            }
            choice.took(filter != null, count, System.nanoTime() - start);
        }
        return multiplyAdds;
    }

    private int groups(int rows) {
        int most = Math.max(MIN_BLOCK_ROWS, Math.min(MAX_BLOCK_ROWS, BLOCK_FLOATS / dimension()));
        return (Math.min(rows, most) + scorer.queries() - 1) / scorer.queries();
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

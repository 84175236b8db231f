package org.privateevolution.vector;

/**
 * Scores a group of queries against a panel of candidates in float: the one hot loop of the search, and all that the
 * implementations differ in. The last bits of the scores are the implementation's own; {@link ErrorBound} covers them.
 */
interface TileScorer {

    /** Queries a group, at most 32. */
    int queries();

    /** Candidates a panel. */
    int lanes();

    /**
     * Writes {@code tile[q][lane] = starts[q][lane] + sum over j of group[j * queries + q] * panel[j * lanes + lane]}, j
     * from {@code from} to {@code to}, each term rounded once on its own account and once for each term after it.
     *
     * @param groups holds the group at {@code groupAt}
     * @param starts where the sums start, {@code [queries][lanes]}; may be {@code tile}
     * @param floors holds at {@code floorsAt} the least score of interest of each query of the group; NaN is out of reach
     * @return a bit for each query, the first the lowest, that is set if any of its scores reaches its floor
     */
    int score(
            float[] panel,
            float[] groups,
            int groupAt,
            int from,
            int to,
            float[][] starts,
            float[] floors,
            int floorsAt,
            float[][] tile);
}

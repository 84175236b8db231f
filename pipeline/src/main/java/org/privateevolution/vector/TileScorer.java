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
     * Writes {@code tile[q][lane] = bias[lane] + sum over j of group[j * queries + q] * panel[j * lanes + lane]},
     * each sum with at most dimension + 1 roundings on the way of any term.
     *
     * @param groups holds the group at {@code groupAt}
     * @param floors holds at {@code floorsAt} the least score of interest of each query of the group
     * @return a bit for each query, the first the lowest, that is set if any of its scores reaches its floor
     */
    int score(
            float[] panel,
            float[] bias,
            float[] groups,
            int groupAt,
            int dimension,
            float[] floors,
            int floorsAt,
            float[][] tile);
}

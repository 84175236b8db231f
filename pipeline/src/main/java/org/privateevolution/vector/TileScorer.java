package org.privateevolution.vector;

/**
 * Scores a group of queries against a panel of candidates in float: the one hot loop of the search, and all that the
 * implementations differ in. The last bits of the scores are the implementation's own; {@link ErrorBound} covers them.
 */
interface TileScorer {

    /** Queries a group. */
    int queries();

    /** Candidates a panel. */
    int lanes();

    /**
     * Writes {@code tile[q][lane] = bias[lane] + sum over j of group[j * queries + q] * panel[j * lanes + lane]},
     * each sum with at most dimension + 1 roundings on the way of any term.
     *
     * @param groups holds the group at {@code groupAt}
     * @param floors holds at {@code floorsAt} the least score of interest of each query of the group
     * @return whether any score reaches its query's floor
     */
    boolean score(
            float[] panel,
            float[] bias,
            float[] groups,
            int groupAt,
            int dimension,
            float[] floors,
            int floorsAt,
            float[][] tile);
}

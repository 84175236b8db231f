package org.privateevolution.vector;

/**
 * Scores a group of queries against a panel of candidates in float: the hot loops of the search, and all that the
 * implementations differ in. The last bits of the scores are the implementation's own; {@link ErrorBound} covers them.
 */
interface TileScorer {

    /** Queries a group, at most 32. */
    int queries();

    /** Candidates a panel. */
    int lanes();

    /**
     * Writes {@code tile[q * lanes + lane] = starts[q * stride + lane] + sum over j of group[j * queries + q] * panel[j * lanes + lane]}, j
     * from {@code from} to {@code to}, each term rounded once on its own account and once for each term after it.
     *
     * @param groups holds the group at {@code groupAt}
     * @param starts where the sums start, {@code [lanes]} for all queries with stride 0, or {@code [queries][lanes]}, which
     *     may be {@code tile}
     * @param floors holds at {@code floorsAt} the least score of interest of each query of the group; NaN is out of reach
     * @param keep whether the tile is wanted also where no score reaches its floor; if not, what it holds then is undefined
     * @return a bit for each query, the first the lowest, that is set if any of its scores reaches its floor
     */
    int score(
            float[] panel,
            float[] groups,
            int groupAt,
            int from,
            int to,
            float[] starts,
            int stride,
            float[] floors,
            int floorsAt,
            boolean keep,
            float[] tile);

    /**
     * Finds the scores of a query that reach its floor.
     *
     * @param tile {@code [queries][lanes]}
     * @param lanes receives the lanes that do, ascending
     * @return how many do
     */
    int reaching(float[] tile, int query, float floor, int[] lanes);

    /** Inner product, each term rounded once on its own account and at most {@code length} times in sums; {@code scratch} holds {@code [lanes]}. */
    float dot(float[] a, int aAt, float[] b, int bAt, int length, float[] scratch);

    /** Inner products of one vector with four; {@code scratch} holds {@code 4 * [lanes]}. */
    void dots(float[] a, int aAt, float[][] rows, int[] rowAts, int length, float[] products, float[] scratch);
}

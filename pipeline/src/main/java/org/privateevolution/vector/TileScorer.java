package org.privateevolution.vector;

/**
 * Scores a group of queries against a panel of candidates in float. These are the hot loops of the search and the only
 * part in which implementations differ. The last bits of the scores depend on the implementation; {@link ErrorBound}
 * covers them.
 */
interface TileScorer {

    /** Number of queries per group, at most 32. */
    int queries();

    /** Number of candidates per panel. */
    int lanes();

    /** Number of components of a panel that stay in a core's first-level cache while many groups pass by. */
    int slice();

    /**
     * Writes {@code tile[q * lanes + lane] = starts[q * stride + lane] + sum over j of group[j * queries + q] * panel[j
     * * lanes + lane]}, j from {@code from} to {@code to}. Each term is rounded once itself and once for each term
     * after it.
     *
     * @param groups holds the group at {@code groupAt}
     * @param starts initial values of the sums, {@code [lanes]} for all queries with stride 0, or
     *     {@code [queries][lanes]}, which may be {@code tile}
     * @param floors holds at {@code floorsAt} the lowest score of interest for each query of the group; NaN cannot be
     *     reached
     * @param keep whether the tile is needed even if no score reaches its floor; otherwise its content is undefined in
     *     that case
     * @return whether any score reaches the floor of its query
     */
    boolean score(
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
     * Scores one query by some of its components against {@link SparseRows#PANELS} panels: {@code tile[p * lanes +
     * lane] = starts[first + p][lane] + sum over i of values[i] * panels[first + p][places[i] + lane]}, i from
     * {@code from} to {@code to}. Terms are rounded as in the other method.
     *
     * @param floor the lowest score of interest; NaN cannot be reached
     * @return whether any score reaches the floor; if not, the content of the tile is undefined
     */
    boolean score(
            float[][] panels,
            int first,
            int[] places,
            float[] values,
            int from,
            int to,
            float[][] starts,
            float floor,
            float[] tile);

    /** Number of integers that hold one bit per lane. */
    default int words() {
        return (lanes() + Integer.SIZE - 1) / Integer.SIZE;
    }

    /**
     * Finds the scores that reach their floors.
     *
     * @param tile {@code [queries][lanes]}
     * @param floors holds the floor of each query from {@code floorsAt} on; NaN cannot be reached
     * @param lanes receives one bit per lane, {@code [queries][words]}, the first lane lowest
     */
    void reached(float[] tile, int queries, float[] floors, int floorsAt, int[] lanes);

    /**
     * Inner product; each term is rounded once itself and at most {@code length} times in sums. {@code scratch} holds
     * {@code [lanes]}.
     */
    float dot(float[] a, int aAt, float[] b, int bAt, int length, float[] scratch);

    /** Inner products of one vector with four others; {@code scratch} holds {@code 4 * [lanes]}. */
    void dots(float[] a, int aAt, float[][] rows, int[] rowAts, int length, float[] products, float[] scratch);
}

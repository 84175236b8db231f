package org.privateevolution.vector;

/**
 * The components of a block's queries that are not zero. In a table row, a category is a single one of these, however
 * many floats its column takes; the others add nothing to a score, not even a rounding error.
 */
final class SparseRows {

    /** Number of panels that a row is scored against at once. */
    static final int PANELS = 4;

    /** The largest share of components that are not zero for which skipping zeros is faster. */
    private static final double MOST = 0.3;

    private final int dimension;
    private final int lanes;
    private final int[] starts;
    private final int[] places;
    private final float[] values;

    SparseRows(int capacity, int dimension, int lanes) {
        this.dimension = dimension;
        this.lanes = lanes;
        this.starts = new int[capacity + 1];
        int most = (int) (MOST * capacity * dimension);
        this.places = new int[most];
        this.values = new float[most];
    }

    /**
     * Loads the rows of a block, in its order.
     *
     * @return whether they have so few components that skipping zeros is faster; if not, the content is undefined
     */
    boolean fill(float[] queries, int firstRow, QueryBlock block, int count) {
        int most = (int) (MOST * count * dimension);
        int next = 0;
        for (int place = 0; place < count; place++) {
            int at = (firstRow + block.row(place)) * dimension;
            for (int j = 0; j < dimension; j++) {
                float value = queries[at + j];
                if (value != 0) {
                    if (next == most) {
                        return false;
                    }
                    places[next] = j * lanes;
                    values[next++] = value;
                }
            }
            starts[place + 1] = next;
        }
        return true;
    }

    int start(int place) {
        return starts[place];
    }

    /** Where the candidates' values of each component start in a panel. */
    int[] places() {
        return places;
    }

    float[] values() {
        return values;
    }
}

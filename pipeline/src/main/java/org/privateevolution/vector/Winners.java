package org.privateevolution.vector;

import java.util.Arrays;

/**
 * The nearest candidate of each row of a search, for the search of the same rows in the next index. PRIVATE, as neighbours
 * are: they stay in the memory of the process that searched, and nothing of them is ever printed.
 */
public final class Winners {

    static final int UNKNOWN = -1;

    /** Nothing is remembered. */
    public static final Winners NONE = new Winners(new Object());

    /** Says which index they are of, and does not keep it alive. */
    private final Object index;

    private final int[] vectors;

    /** @param vectors the distinct vector that each row is strictly nearest to, or UNKNOWN */
    Winners(Object index, int... vectors) {
        this.index = index;
        this.vectors = vectors;
    }

    /** Bytes that they take. */
    public long bytes() {
        return (long) vectors.length * Integer.BYTES;
    }

    /** Whether they are what a search of so many rows in this index found. */
    boolean areOf(Object searched, int rows) {
        return index == searched && vectors.length == rows;
    }

    int vector(int row) {
        return vectors[row];
    }

    static int[] unknown(int rows) {
        int[] vectors = new int[rows];
        Arrays.fill(vectors, UNKNOWN);
        return vectors;
    }
}

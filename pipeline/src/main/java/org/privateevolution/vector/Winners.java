package org.privateevolution.vector;

import java.util.Arrays;

/**
 * The nearest candidate of each row of a search, to speed up the search of the same rows in the next index. PRIVATE, as
 * neighbours are: winners stay in the memory of the process that searched, and nothing about them is ever printed.
 */
public final class Winners {

    static final int UNKNOWN = -1;

    /** No winners: remembers nothing. */
    public static final Winners NONE = new Winners(new Object());

    /** Identifies the index that was searched, without keeping it alive. */
    private final Object index;

    private final int[] vectors;

    /**
     * @param vectors the distinct vector that each row is strictly nearest to, or UNKNOWN
     */
    Winners(Object index, int... vectors) {
        this.index = index;
        this.vectors = vectors;
    }

    /** Size in bytes. */
    public long bytes() {
        return (long) vectors.length * Integer.BYTES;
    }

    /** Whether these are the winners of a search of this many rows in this index. */
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

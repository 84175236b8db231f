package org.privateevolution.vector;

/** Packed candidates that many threads can search at once. */
public interface CandidateIndex {

    /** The largest number of neighbours that a query can ask for. */
    int MAX_NEIGHBORS = 32;

    /** The number of candidates. */
    int size();

    /** The number of floats per vector. */
    int dimension();

    /**
     * Finds the k nearest candidates of each query, nearest first: by {@link Metric#score}, ties to the lowest
     * candidate index. Equal queries get equal neighbours, whatever kernel, block or machine answers them.
     *
     * @param queries row-major vectors
     * @param firstRow the first row of {@code queries} to answer
     * @param rows number of rows to answer
     * @param k 1 to {@link #size()}, at most {@link #MAX_NEIGHBORS}
     * @param neighbors receives {@code rows * k} candidate indices, row by row, starting at 0
     * @param before the winners of the search for these very rows in the previous index, so that candidates in both
     *     indexes are not scored twice. Winners of another search are ignored; {@link Winners#NONE} is always valid.
     *     The neighbours do not depend on it
     * @throws IllegalArgumentException if k or the ranges do not fit, or a query holds NaN or infinity
     */
    Search search(float[] queries, int firstRow, int rows, int k, int[] neighbors, Winners before);

    /** Finds the nearest candidates of rows without the winners of an earlier search. */
    default Search search(float[] queries, int firstRow, int rows, int k, int... neighbors) {
        return search(queries, firstRow, rows, k, neighbors, Winners.NONE);
    }
}

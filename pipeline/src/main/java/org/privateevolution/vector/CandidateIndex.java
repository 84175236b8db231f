package org.privateevolution.vector;

/** Packed candidates that can be searched by many threads at once. */
public interface CandidateIndex {

    /** The most neighbours a query can ask for. */
    int MAX_NEIGHBORS = 32;

    /** Number of candidates. */
    int size();

    /** Number of floats a vector. */
    int dimension();

    /**
     * Finds the k nearest candidates of each query, nearest first: by {@link Metric#score}, ties to the lowest candidate
     * index. Equal queries get equal neighbours whatever kernel, block or machine answers them.
     *
     * @param queries row-major vectors
     * @param firstRow first row of {@code queries} to answer
     * @param rows how many rows to answer
     * @param k 1 to {@link #size()}, at most {@link #MAX_NEIGHBORS}
     * @param neighbors receives {@code rows * k} candidate indices, row by row, starting at 0
     * @param before what the search of these very rows in the index before this one left, so that candidates of both are
     *     not scored twice; any others are ignored, and {@link Winners#NONE} will always do. Neighbours do not depend on it
     * @throws IllegalArgumentException if k or the ranges do not fit, or a query holds NaN or infinity
     */
    Search search(float[] queries, int firstRow, int rows, int k, int[] neighbors, Winners before);

    /** Finds the nearest candidates of rows of which nothing is remembered. */
    default Search search(float[] queries, int firstRow, int rows, int k, int... neighbors) {
        return search(queries, firstRow, rows, k, neighbors, Winners.NONE);
    }
}

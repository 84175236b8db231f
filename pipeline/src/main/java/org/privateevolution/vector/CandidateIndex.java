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
     * @return how many multiply-adds it took, those of single pairs not counted; brute force takes
     *     {@code rows * size() * dimension()}, up to the rounding of tiles
     * @throws IllegalArgumentException if k or the ranges do not fit, or a query holds NaN or infinity
     */
    long search(float[] queries, int firstRow, int rows, int k, int[] neighbors);
}

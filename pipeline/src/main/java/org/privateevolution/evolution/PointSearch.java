package org.privateevolution.evolution;

/** Finds which candidates of a vote are nearest to samples. Where that is computed makes no difference to what is found. */
public interface PointSearch {

    /** Number of floats a vector. */
    int dimension();

    /**
     * Candidates that are searched again as samples come.
     *
     * @param candidates row-major vectors
     */
    Candidates among(float[] candidates);

    /** The candidates of one vote. */
    @FunctionalInterface
    interface Candidates {

        /**
         * Finds the k nearest candidates of each point, nearest first, ties to the lowest candidate index.
         *
         * @param points row-major vectors
         * @param first first row of {@code points} to answer
         * @param rows how many rows to answer
         * @param k 1 to the number of candidates
         * @return {@code rows * k} candidate indices, row by row
         */
        int[] nearest(float[] points, int first, int rows, int k);
    }
}

package org.privateevolution.evolution;

/** Finds the candidates of a vote that are nearest to samples. The result does not depend on where it is computed. */
public interface PointSearch {

    /** Number of floats per vector. */
    int dimension();

    /**
     * Prepares candidates for repeated searches.
     *
     * @param candidates row-major vectors
     */
    Candidates among(float[] candidates);

    /** The candidates of one vote. */
    @FunctionalInterface
    interface Candidates {

        /**
         * Finds the k nearest candidates of each point, nearest first; ties go to the lowest candidate index.
         *
         * @param points row-major vectors
         * @param first the first row of {@code points} to search for
         * @param rows number of rows to search for
         * @param k 1 to the number of candidates
         * @return {@code rows * k} candidate indices, row by row
         */
        int[] nearest(float[] points, int first, int rows, int k);
    }
}

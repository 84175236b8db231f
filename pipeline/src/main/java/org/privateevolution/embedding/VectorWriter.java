package org.privateevolution.embedding;

/** The last step of every encoder: averages or normalises, and writes the vector. */
final class VectorWriter {

    private VectorWriter() {}

    /**
     * Writes a vector.
     *
     * @param sums sums of the graph's outputs
     * @param count number of summands, by which the sums are divided
     * @param normalize whether to divide by the L2 norm instead, unless it is 0
     * @return false if an entry is NaN or infinite, so that nothing was written
     */
    static boolean write(double[] sums, int count, boolean normalize, float[] vectors, int at) {
        double squares = 0;
        for (double sum : sums) {
            squares += sum * sum;
        }
        if (!Double.isFinite(squares)) {
            return false;
        }
        double divisor = normalize && squares > 0 ? Math.sqrt(squares) : count;
        for (int j = 0; j < sums.length; j++) {
            vectors[at + j] = (float) (sums[j] / divisor);
        }
        return true;
    }
}

package org.privateevolution.embedding;

/** The last step of every encoder. */
final class VectorWriter {

    private VectorWriter() {}

    /**
     * Writes a vector.
     *
     * @param sums what the graph says, added up
     * @param count of what was added up, which they are divided by
     * @param normalize whether they are divided by their L2 norm instead, unless that is 0
     * @return whether it was written; not if an entry is NaN or infinite
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

package org.privateevolution.evolution;

/**
 * Computes the mean embedding of a candidate's variations, which shows where the candidate leads (Lin et al. 2023,
 * section 4).
 */
public final class Lookahead {

    private Lookahead() {}

    /**
     * Averages groups of {@code degree} consecutive vectors.
     *
     * @param vectors row-major, a whole number of groups
     * @return row-major, one vector per group
     */
    public static float[] means(float[] vectors, int dimension, int degree) {
        int candidates = vectors.length / (dimension * degree);
        if (candidates * dimension * degree != vectors.length) {
            throw new IllegalArgumentException(vectors.length + " floats are not a whole number of groups of " + degree
                    + " vectors of dimension " + dimension);
        }
        float[] means = new float[candidates * dimension];
        for (int candidate = 0; candidate < candidates; candidate++) {
            for (int j = 0; j < dimension; j++) {
                double sum = 0;
                for (int n = 0; n < degree; n++) {
                    sum += vectors[(candidate * degree + n) * dimension + j];
                }
                means[candidate * dimension + j] = (float) (sum / degree);
            }
        }
        return means;
    }
}

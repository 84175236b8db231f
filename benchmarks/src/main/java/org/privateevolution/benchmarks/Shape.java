package org.privateevolution.benchmarks;

import java.util.Random;

/** The size of a search, and vectors of this size: standard normal, the same at every launch. */
record Shape(int queries, int candidates, int dimension) {

    /** Reads {@code NxMxd}: queries, candidates, floats per vector. */
    static Shape parse(String text) {
        String[] parts = text.split("x", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "shape is " + text + ", must be queries x candidates x dimension, as in" + " 20000x4000x384");
        }
        return new Shape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    /** Floating-point operations of a brute-force search. */
    double operations() {
        return 2.0 * queries * candidates * dimension;
    }

    float[] queryVectors() {
        return gaussian(1, queries);
    }

    float[] candidateVectors() {
        return gaussian(2, candidates);
    }

    private float[] gaussian(long seed, int rows) {
        Random random = new Random(seed);
        float[] values = new float[Math.multiplyExact(rows, dimension)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Override
    public String toString() {
        return queries + "x" + candidates + "x" + dimension;
    }
}

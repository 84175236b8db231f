package org.privateevolution.spark.vectors;

import java.io.Serializable;

/**
 * A range of each vector's floats, multiplied by a factor.
 *
 * @param dimension number of floats of a whole vector
 * @param from index of the part's first float
 * @param length number of floats of the part
 */
public record VectorPart(int dimension, int from, int length, float factor) implements Serializable {

    public VectorPart {
        if (from < 0 || length < 1 || from + length > dimension) {
            throw new IllegalArgumentException("floats " + from + " to " + (from + length) + " of " + dimension);
        }
    }

    /** The whole vectors, unchanged. */
    public static VectorPart whole(int dimension) {
        return new VectorPart(dimension, 0, dimension, 1);
    }

    /** Returns the parts of row-major vectors, also row-major. */
    float[] of(float[] vectors) {
        if (length == dimension && factor == 1) {
            return vectors;
        }
        int rows = vectors.length / dimension;
        float[] parts = new float[rows * length];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i++) {
                parts[row * length + i] = vectors[row * dimension + from + i] * factor;
            }
        }
        return parts;
    }
}

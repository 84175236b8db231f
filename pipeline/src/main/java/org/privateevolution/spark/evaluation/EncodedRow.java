package org.privateevolution.spark.evaluation;

import java.io.Serializable;

/**
 * A row of a table that is compared.
 *
 * @param codes of its columns
 * @param hash of its values: rows with equal values have equal ones
 * @param draw a number of chance, for all that is drawn
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncodedRow(double[] codes, long hash, long draw) implements Serializable {

    /** A number of chance from 0 (inclusive) to 1, another for each purpose. */
    double uniform(long purpose) {
        return (mix(draw ^ mix(purpose + 0x9E3779B97F4A7C15L)) >>> 11) * 0x1.0p-53;
    }

    /** The 64-bit finaliser of SplitMix64. */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

package org.privateevolution.spark.evaluation;

import java.io.Serializable;
import org.privateevolution.model.Seed;

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
        return (new Seed(draw).derive(purpose).value() >>> 11) * 0x1.0p-53;
    }
}

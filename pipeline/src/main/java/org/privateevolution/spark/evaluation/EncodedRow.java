package org.privateevolution.spark.evaluation;

import java.io.Serializable;

/**
 * A row of a table that is compared.
 *
 * @param codes codes of its columns
 * @param hash hash of its values: rows with equal values have equal hashes
 * @param chances random numbers of the row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncodedRow(double[] codes, long hash, Chances chances) implements Serializable {}

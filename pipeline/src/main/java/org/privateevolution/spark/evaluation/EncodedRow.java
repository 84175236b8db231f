package org.privateevolution.spark.evaluation;

import java.io.Serializable;

/**
 * A row of a table that is compared.
 *
 * @param codes of its columns
 * @param hash of its values: rows with equal values have equal ones
 * @param chances for all that is drawn
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncodedRow(double[] codes, long hash, Chances chances) implements Serializable {}

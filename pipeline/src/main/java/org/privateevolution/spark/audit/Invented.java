package org.privateevolution.spark.audit;

import org.privateevolution.model.Payload;

/** Contents of invented records that are never contents of samples. */
final class Invented {

    private Invented() {}

    /** A vector in the place of a text. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Vector(float[] components) implements Payload {}

    /**
     * An image.
     *
     * @param file encoded as PNG
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Picture(byte[] file) implements Payload {}
}

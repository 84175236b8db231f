package org.privateevolution.spark.audit;

import org.privateevolution.model.Payload;

/** Content of invented records that no sample has. */
final class Invented {

    private Invented() {}

    /** A vector that stands for a text. */
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

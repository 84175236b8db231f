package org.privateevolution.model;

import java.util.Optional;

/** The content of one sample, private or synthetic. How each kind is stored, {@code store.PayloadJson} knows. */
public interface Payload {

    /** The declared columns of the sample; empty if it has none. */
    default Optional<TableRow> row() {
        return Optional.empty();
    }

    /** Its text; empty if it has none. */
    default Optional<Text> text() {
        return Optional.empty();
    }

    /** What makes two payloads the same. */
    default Object identity() {
        return this;
    }
}

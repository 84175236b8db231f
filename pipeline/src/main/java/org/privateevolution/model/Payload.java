package org.privateevolution.model;

import java.util.Optional;

/** The content of one sample, private or synthetic. {@code store.PayloadJson} defines how each kind is stored. */
public interface Payload {

    /** The declared columns of the sample; empty if it has none. */
    default Optional<TableRow> row() {
        return Optional.empty();
    }

    /** The text of the sample; empty if it has none. */
    default Optional<Text> text() {
        return Optional.empty();
    }

    /** Two payloads with equal identities are the same. */
    default Object identity() {
        return this;
    }
}

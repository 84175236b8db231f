package org.privateevolution.model;

/** The content of one sample, private or synthetic. {@code store.PayloadJson} defines how each kind is stored. */
public interface Payload {

    /** Two payloads with equal identities are the same. */
    default Object identity() {
        return this;
    }
}

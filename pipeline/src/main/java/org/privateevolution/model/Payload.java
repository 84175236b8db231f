package org.privateevolution.model;

/** The content of one sample, private or synthetic. How each kind is stored, {@code store.PayloadJson} knows. */
public interface Payload {

    /** What makes two payloads the same. */
    default Object identity() {
        return this;
    }
}

package org.privateevolution.model.endpoint;

/** Where an endpoint's key is kept. The place is public configuration; the key is read when a client is built. */
public sealed interface KeySource {

    /** The endpoint needs no key. */
    record None() implements KeySource {}

    /** An environment variable of the driver. */
    record Environment(String variable) implements KeySource {}

    /** A file that the driver can read and that holds the key and nothing else. */
    record SecretFile(String path) implements KeySource {}
}

package org.privateevolution.generation.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a key is kept. The place is public configuration; the key is read when a client is built. */
public sealed interface KeySource {

    /**
     * Reads the key.
     *
     * @return empty if the endpoint needs none
     * @throws IllegalArgumentException if there is no usable key there; the message names the place only
     */
    Optional<Secret> read();

    /** The endpoint needs no key. */
    record None() implements KeySource {
        @Override
        public Optional<Secret> read() {
            return Optional.empty();
        }
    }

    /** An environment variable of the driver. */
    record Environment(String variable) implements KeySource {
        @Override
        public Optional<Secret> read() {
            String value = System.getenv(variable);
            if (value == null) {
                throw new IllegalArgumentException(
                        "environment variable " + variable + " is not set: it must hold the endpoint's key");
            }
            return Optional.of(new Secret(value.strip(), "environment variable " + variable));
        }
    }

    /** A file that the driver can read and that holds the key and nothing else. */
    record SecretFile(String path) implements KeySource {
        @Override
        public Optional<Secret> read() {
            try {
                return Optional.of(new Secret(Files.readString(Path.of(path)).strip(), "file " + path));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "cannot read the key file " + path + " (" + e.getClass().getSimpleName() + ")", e);
            }
        }
    }
}

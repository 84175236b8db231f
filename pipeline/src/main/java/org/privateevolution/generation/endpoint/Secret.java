package org.privateevolution.generation.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.privateevolution.model.endpoint.KeySource;

/** A key. It is shown to nothing but the header of a request: not to logs, messages, dumps or serialisation. */
public final class Secret {

    private static final String HIDDEN = "***";

    private final String value;

    /**
     * @param origin where the key comes from, for the error message
     * @throws IllegalArgumentException if the value is empty or cannot be sent in a header; the message does not
     *     contain it
     */
    Secret(String value, String origin) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the key from " + origin + " is empty");
        }
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("the key from " + origin
                    + " holds a space, a control character or a character outside ASCII: it must be the bare key");
        }
        this.value = value;
    }

    /**
     * Reads a key.
     *
     * @return empty if the endpoint needs none
     * @throws IllegalArgumentException if the source holds no usable key; the message names only the source
     */
    public static Optional<Secret> from(KeySource source) {
        if (source instanceof KeySource.Environment environment) {
            return Optional.of(inEnvironment(environment.variable()));
        }
        return source instanceof KeySource.SecretFile file ? Optional.of(inFile(file.path())) : Optional.empty();
    }

    private static Secret inEnvironment(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new IllegalArgumentException(
                    "environment variable " + variable + " is not set: it must hold the endpoint's key");
        }
        return new Secret(value.strip(), "environment variable " + variable);
    }

    private static Secret inFile(String path) {
        try {
            return new Secret(Files.readString(Path.of(path)).strip(), "file " + path);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read the key file " + path + " (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    String value() {
        return value;
    }

    /** Removes this key from foreign text. */
    String redacted(String text) {
        return text.replace(value, HIDDEN);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}

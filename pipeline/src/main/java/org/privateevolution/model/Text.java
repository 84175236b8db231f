package org.privateevolution.model;

import java.util.Objects;
import java.util.Optional;

/** A text sample. */
public record Text(String value) implements Payload {
    public Text {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public Optional<Text> text() {
        return Optional.of(this);
    }
}

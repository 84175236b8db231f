package org.privateevolution.model;

import java.util.Objects;

/** A text sample. */
public record Text(String value) implements Payload {
    public Text {
        Objects.requireNonNull(value, "value");
    }
}

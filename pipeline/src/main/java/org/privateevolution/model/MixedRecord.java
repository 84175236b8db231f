package org.privateevolution.model;

import java.util.Objects;
import java.util.Optional;

/** A record with declared columns and one free text. */
public record MixedRecord(TableRow columns, Text content) implements Payload {
    public MixedRecord {
        Objects.requireNonNull(columns, "columns");
        Objects.requireNonNull(content, "content");
    }

    @Override
    public Optional<TableRow> row() {
        return Optional.of(columns);
    }

    @Override
    public Optional<Text> text() {
        return Optional.of(content);
    }

    /** Omits the values, which may be private. */
    @Override
    public String toString() {
        return "MixedRecord[" + columns.size() + " columns and a text]";
    }
}

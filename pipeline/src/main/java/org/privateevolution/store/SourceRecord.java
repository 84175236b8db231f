package org.privateevolution.store;

import java.util.Optional;

/**
 * The version of a private table with which a run has begun, recorded beside the run. A version is a number of the
 * table's history and not a private value.
 *
 * @param format {@code delta} or {@code iceberg}
 */
public record SourceRecord(String format, String version) {

    private static final String FILE = "source.json";

    /** The record of a run, if there is one. */
    public static Optional<SourceRecord> read(RunFiles store) {
        return store.read(FILE)
                .map(text -> StoreJson.parseDocument(text, store.location() + "/" + FILE))
                .map(document -> new SourceRecord(document.text("format"), document.text("version")));
    }

    /** Writes the record, replacing an existing one. */
    public void write(RunFiles store) {
        store.write(
                FILE,
                StoreJson.pretty(StoreJson.document().put("format", format).put("version", version)));
    }
}

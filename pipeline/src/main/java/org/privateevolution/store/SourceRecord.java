package org.privateevolution.store;

import java.util.Optional;

/**
 * Which version of a private table with versions a run has begun with, recorded beside the run. A number of the table's
 * history, and no private value.
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

    /** Writes it, in place of what may be there. */
    public void write(RunFiles store) {
        store.write(
                FILE,
                StoreJson.pretty(StoreJson.document().put("format", format).put("version", version)));
    }
}

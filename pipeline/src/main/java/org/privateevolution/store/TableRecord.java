package org.privateevolution.store;

import java.util.Optional;
import org.privateevolution.model.Sha256;

/**
 * What a run knows of adding its rows to a table of a catalog, recorded beside the run, once before and once after: rows
 * that are there already must not be added again.
 *
 * @param table as it stands in SQL
 * @param publication of the run, which an extension changes
 * @param written whether the rows are known to be there
 */
public record TableRecord(String table, String publication, boolean written) {

    private static final String DIRECTORY = "tables";

    /** The record of a table, if it is of this publication. */
    public static Optional<TableRecord> read(RunFiles store, String table, String publication) {
        RunFiles files = store.in(DIRECTORY);
        return files.read(name(table))
                .map(text -> StoreJson.parseDocument(text, files.location() + "/" + name(table)))
                .map(document ->
                        new TableRecord(document.text("table"), document.text("publication"), document.flag("written")))
                .filter(record -> record.table.equals(table) && record.publication.equals(publication));
    }

    /** Writes it, in place of what may be there. */
    public void write(RunFiles store) {
        store.in(DIRECTORY)
                .write(
                        name(table),
                        StoreJson.pretty(StoreJson.document()
                                .put("table", table)
                                .put("publication", publication)
                                .put("written", written)));
    }

    /** Where it is, for messages. */
    public static String location(RunFiles store, String table) {
        return store.in(DIRECTORY).location() + "/" + name(table);
    }

    private static String name(String table) {
        return Sha256.of(table).substring(0, 16) + ".json";
    }
}

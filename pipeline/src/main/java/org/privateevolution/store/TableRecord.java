package org.privateevolution.store;

import java.util.Optional;
import org.privateevolution.model.Sha256;

/**
 * What a run knows of adding the rows of a publication to a table of a catalog, recorded beside the run, once before and
 * once after: rows that are there already must not be added again. Each publication has a record of its own, so that one
 * that comes back after another is known.
 *
 * @param table as it stands in SQL
 * @param publication of the run, which an extension changes
 * @param written whether the rows are known to be there
 */
public record TableRecord(String table, String publication, boolean written) {

    private static final String DIRECTORY = "tables";

    /** Hexadecimal digits of a name. */
    private static final int DIGITS = 16;

    /** The record of a publication in a table, if there is one. */
    public static Optional<TableRecord> read(RunFiles store, String table, String publication) {
        RunFiles files = of(store, table);
        String name = name(publication);
        return files.read(name)
                .map(text -> StoreJson.parseDocument(text, files.location() + "/" + name))
                .map(document ->
                        new TableRecord(document.text("table"), document.text("publication"), document.flag("written")))
                .filter(record -> record.table.equals(table) && record.publication.equals(publication));
    }

    /** Forgets all publications in a table, which is there no more, and its rows with it. */
    public static void forget(RunFiles store, String table) {
        of(store, table).removeAll();
    }

    /** Writes it, in place of what may be there. */
    public void write(RunFiles store) {
        of(store, table)
                .write(
                        name(publication),
                        StoreJson.pretty(StoreJson.document()
                                .put("table", table)
                                .put("publication", publication)
                                .put("written", written)));
    }

    /** Where it is, for messages. */
    public static String location(RunFiles store, String table, String publication) {
        return of(store, table).location() + "/" + name(publication);
    }

    private static RunFiles of(RunFiles store, String table) {
        return store.in(DIRECTORY).in(Sha256.of(table).substring(0, DIGITS));
    }

    private static String name(String publication) {
        return Sha256.of(publication).substring(0, DIGITS) + ".json";
    }
}

package org.privateevolution.store;

import java.util.Optional;
import org.privateevolution.model.Sha256;

/**
 * Records the state of adding a publication's rows to a catalog table, beside the run, once before and once after they
 * are added: rows that the table has already must not be added again. Each publication has its own record, so that one
 * that returns after another is recognised.
 *
 * @param table name of the table, quoted for SQL
 * @param publication id of the publication, which an extension of the run changes
 * @param written whether the table is known to have the rows
 */
public record TableRecord(String table, String publication, boolean written) {

    private static final String DIRECTORY = "tables";

    /** Number of hexadecimal digits in a file name. */
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

    /** Forgets all publications in a table that no longer exists, and whose rows are gone with it. */
    public static void forget(RunFiles store, String table) {
        of(store, table).removeAll();
    }

    /** Writes the record, replacing an existing one. */
    public void write(RunFiles store) {
        of(store, table)
                .write(
                        name(publication),
                        StoreJson.pretty(StoreJson.document()
                                .put("table", table)
                                .put("publication", publication)
                                .put("written", written)));
    }

    /** Location of the record, for messages. */
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

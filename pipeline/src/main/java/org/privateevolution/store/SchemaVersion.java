package org.privateevolution.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.privateevolution.model.ProgramVersion;
import org.privateevolution.spi.StoreException;

/**
 * The version of a document's schema, and the program that wrote the document. A change that earlier programs would
 * misread raises the version, so that they refuse the document; a new field that they may ignore does not. Up to 0.1.0,
 * documents did not name their writer.
 */
public final class SchemaVersion {

    public static final String FIELD = "schema_version";

    private static final String WRITER = "written_by";

    /** A writer that does not match is not repeated in messages. */
    private static final Pattern RELEASE = Pattern.compile("\\d[0-9A-Za-z.+-]{0,40}");

    private SchemaVersion() {}

    /** Adds version and writer to a document, and returns it. */
    public static ObjectNode state(ObjectNode document, int version) {
        return document.put(FIELD, version).put(WRITER, ProgramVersion.current());
    }

    /**
     * Checks the version of a document.
     *
     * @param where names the document in errors
     * @param newest newest version that this program reads
     * @throws StoreException if the document's version is higher; the message names the program that can read it
     */
    public static void requireReadable(JsonNode document, String where, int newest) {
        requireReadable(document, where, FIELD, newest);
    }

    /** Checks a version that is in another field. */
    static void requireReadable(JsonNode document, String where, String field, int newest) {
        JsonNode version = document.path(field);
        if (!version.isInt() || version.intValue() < 1) {
            throw StoredObject.damaged(where, field + " is missing or not a positive integer");
        }
        if (version.intValue() > newest) {
            String writer = document.path(WRITER).asText();
            boolean known = RELEASE.matcher(writer).matches();
            throw new StoreException(
                    StoreException.Reason.VERSION,
                    where + " was written by " + (known ? writer : "a later version") + " and has "
                            + field.replace('_', ' ') + " " + version + ", but this program, "
                            + ProgramVersion.current()
                            + ", reads version " + newest + ": use "
                            + (known ? writer + " or later" : "the program that wrote it"));
        }
    }
}

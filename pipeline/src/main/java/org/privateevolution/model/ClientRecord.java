package org.privateevolution.model;

import java.util.List;
import java.util.Optional;

/**
 * Everything of one client, as one record.
 *
 * @param rows joined rows, see {@link ClientTables}; at least one
 */
public record ClientRecord(List<TableRow> rows) implements Payload {

    public ClientRecord {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a client has at least one joined row");
        }
    }

    /**
     * One of the joined rows, for figures that count one row per sample. A hash of the rows chooses it, so that over
     * many clients each of their rows is as likely as any other.
     */
    @Override
    public Optional<TableRow> row() {
        return Optional.of(rows.get(Math.floorMod(rows.hashCode(), rows.size())));
    }

    /** Omits the values, which may be private. */
    @Override
    public String toString() {
        return "ClientRecord[" + rows.size() + " joined rows]";
    }
}

package org.privateevolution.privacy;

import java.io.IOException;
import java.util.List;

/** Where a private data set's ledger is kept. Several runs may use it at the same time. */
public interface LedgerStorage {
    /** All entries in order of their sequence numbers; empty if there is no ledger yet. Sees every finished append. */
    List<LedgerEntry> read() throws IOException;

    /**
     * Adds an entry durably. Of several appends with the same sequence number exactly one succeeds.
     *
     * @throws IOException if an entry of that sequence number exists, or it cannot be written
     */
    void append(LedgerEntry entry) throws IOException;
}

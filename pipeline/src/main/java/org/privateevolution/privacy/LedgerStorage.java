package org.privateevolution.privacy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

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

    /** The digest that {@link #confirm} stored for an entry, if it did. */
    Optional<String> confirmation(LedgerEntry entry) throws IOException;

    /**
     * Notes durably that the release charged by {@code entry} is on storage.
     *
     * @param digest of the released histogram
     * @throws IOException if the entry has a confirmation, or it cannot be written
     */
    void confirm(LedgerEntry entry, String digest) throws IOException;
}

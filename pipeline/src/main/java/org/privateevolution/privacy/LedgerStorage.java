package org.privateevolution.privacy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Stores a private data set's ledger: its records, and the histograms released under its charges. Several runs may use
 * it at the same time.
 */
public interface LedgerStorage {
    /**
     * Reads all records in the order of their sequence numbers; empty if there is no ledger yet. Every finished append
     * is visible.
     */
    List<LedgerRecord> read() throws IOException;

    /**
     * Adds a record durably. If several callers append the same sequence number, exactly one succeeds.
     *
     * @throws IOException if a record of that sequence number exists, or the record cannot be written
     */
    void append(LedgerRecord entry) throws IOException;

    /** Returns what was released under an entry, if anything. Changes nothing. */
    Optional<Released> released(LedgerEntry entry) throws IOException;

    /**
     * Returns what was released under an entry, for the driver that holds the entry's run. It first publishes a release
     * that an earlier driver had written completely but not published, and removes one that was written only in part
     * and that nobody can read.
     *
     * @throws IOException also if parts of such a release can be neither published nor removed
     */
    Optional<Released> recover(LedgerEntry entry) throws IOException;

    /**
     * Publishes the release of an entry, durably and in one step. If it is called several times for one entry, exactly
     * one call succeeds, and the others leave nothing behind that can be read.
     *
     * @throws IOException if the entry already has a release, the release cannot be written, or parts of it were left
     *     behind
     */
    void release(LedgerEntry entry, NoisyHistogram histogram) throws IOException;

    /**
     * What was released under an entry.
     *
     * @param digest SHA-256 of the histogram
     * @param histogram empty for a release of version 0.1.0, whose histogram is in the run's store only
     */
    record Released(String digest, Optional<NoisyHistogram> histogram) {

        static Released of(NoisyHistogram histogram) {
            return new Released(histogram.digest(), Optional.of(histogram));
        }
    }
}

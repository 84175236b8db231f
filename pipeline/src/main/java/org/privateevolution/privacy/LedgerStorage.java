package org.privateevolution.privacy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where a private data set's ledger is kept: its records, and the histograms that were released under its charges. Several
 * runs may use it at the same time.
 */
public interface LedgerStorage {
    /** All records in order of their sequence numbers; empty if there is no ledger yet. Sees every finished append. */
    List<LedgerRecord> read() throws IOException;

    /**
     * Adds a record durably. Of several appends with the same sequence number exactly one succeeds.
     *
     * @throws IOException if a record of that sequence number exists, or it cannot be written
     */
    void append(LedgerRecord entry) throws IOException;

    /** What was released under an entry, if anything was. Changes nothing. */
    Optional<Released> released(LedgerEntry entry) throws IOException;

    /**
     * The same, for the driver that holds the entry's run: first finishes the release of an earlier driver that had written
     * all of it and not published it, and removes what another had written in part, which nobody can read.
     *
     * @throws IOException also if something of it can be neither published nor removed
     */
    Optional<Released> recover(LedgerEntry entry) throws IOException;

    /**
     * Publishes the release of an entry, durably and in one step. Of several calls for one entry exactly one succeeds, and
     * of the others nothing stays that can be read.
     *
     * @throws IOException if the entry has a release, it cannot be written, or something of it stayed
     */
    void release(LedgerEntry entry, NoisyHistogram histogram) throws IOException;

    /**
     * What was released under an entry.
     *
     * @param digest SHA-256 of the histogram
     * @param histogram empty for a release of 0.1.0, whose histogram is in the run's store alone
     */
    record Released(String digest, Optional<NoisyHistogram> histogram) {

        static Released of(NoisyHistogram histogram) {
            return new Released(histogram.digest(), Optional.of(histogram));
        }
    }
}

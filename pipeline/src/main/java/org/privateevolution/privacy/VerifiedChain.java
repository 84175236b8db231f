package org.privateevolution.privacy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of a ledger, whose hash chain has been verified. Verifies only records that are new: whether a record
 * follows another depends on these two alone, and each charge of a ledger of thousands of records would otherwise hash
 * all of them several times. Records that were verified must stay what they are.
 */
final class VerifiedChain {

    private List<LedgerRecord> records = List.of();
    /** Every charge by its run and release. */
    private final Map<String, LedgerEntry> charges = new HashMap<>();

    List<LedgerRecord> records() {
        return records;
    }

    /** The charge of a run's release; null if there is none. */
    LedgerEntry charge(Release release) {
        return charges.get(key(release));
    }

    /**
     * Accepts what a storage holds now. Changes nothing if it throws.
     *
     * @param read all records, in order; immutable
     * @throws PrivacyException if the chain is broken, a release is charged twice, or records that were verified have
     *     been lost or replaced
     */
    void accept(List<LedgerRecord> read) {
        if (!beginsWithKnown(read)) {
            // Names the first record that is wrong, if one is.
            requireChain(read, 0);
            throw damaged(
                    read.size() < records.size()
                            ? "it had " + records.size() + " entries and has " + read.size()
                            : "entries that were there have been replaced");
        }
        requireChain(read, records.size());
        Map<String, LedgerEntry> added = new HashMap<>();
        for (LedgerRecord record : read.subList(records.size(), read.size())) {
            if (record instanceof LedgerEntry entry) {
                String key = key(entry.release());
                LedgerEntry other = added.putIfAbsent(key, entry);
                requireFirst(entry, other == null ? charges.get(key) : other);
            }
        }
        charges.putAll(added);
        records = read;
    }

    private boolean beginsWithKnown(List<LedgerRecord> read) {
        if (read.size() < records.size()) {
            return false;
        }
        for (int i = 0; i < records.size(); i++) {
            if (read.get(i) != records.get(i) && !read.get(i).equals(records.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static void requireChain(List<LedgerRecord> read, int from) {
        LedgerRecord previous = from == 0 ? null : read.get(from - 1);
        for (LedgerRecord record : read.subList(from, read.size())) {
            if (!record.follows(previous)) {
                throw damaged("entry " + LedgerRecord.sequenceAfter(previous) + " is missing or was changed");
            }
            previous = record;
        }
    }

    private static void requireFirst(LedgerEntry entry, LedgerEntry earlier) {
        if (earlier != null) {
            throw new PrivacyException(
                    PrivacyException.Reason.LEDGER,
                    "the ledger is damaged: entries " + earlier.sequence() + " and " + entry.sequence()
                            + " charge the same release");
        }
    }

    private static PrivacyException damaged(String how) {
        return new PrivacyException(
                PrivacyException.Reason.LEDGER,
                "the ledger is damaged: " + how + "; restore the ledger: without it, nothing can be released");
    }

    /** Ids hold no control characters, so the line break keeps different pairs apart. */
    private static String key(Release release) {
        return release.runId() + "\n" + release.releaseId();
    }
}

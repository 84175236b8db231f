package org.privateevolution.privacy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of a ledger, whose hash chain has been verified. Verifies only records that differ from those that were
 * verified at their places before, since whether a record follows another depends on these two alone: otherwise, each
 * charge of a ledger of thousands of records would hash all of them several times.
 */
final class VerifiedChain {

    private List<LedgerRecord> records = List.of();
    /** Every charge by its run and release. */
    private Map<String, LedgerEntry> charges = Map.of();

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
     * @throws PrivacyException if the chain is broken, a release is charged twice, or records have been lost
     */
    void accept(List<LedgerRecord> read) {
        int known = beginsWithKnown(read) ? records.size() : 0;
        requireChain(read, known);
        Map<String, LedgerEntry> added = new HashMap<>();
        Map<String, LedgerEntry> earlier = known > 0 ? charges : Map.of();
        for (LedgerRecord record : read.subList(known, read.size())) {
            if (record instanceof LedgerEntry entry) {
                String key = key(entry.release());
                LedgerEntry other = added.putIfAbsent(key, entry);
                requireFirst(entry, other == null ? earlier.get(key) : other);
            }
        }
        if (read.size() < records.size()) {
            throw damaged("it had " + records.size() + " entries and has " + read.size());
        }
        if (known == 0) {
            charges = added;
        } else {
            charges.putAll(added);
        }
        records = read;
    }

    private boolean beginsWithKnown(List<LedgerRecord> read) {
        if (records.isEmpty() || read.size() < records.size()) {
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

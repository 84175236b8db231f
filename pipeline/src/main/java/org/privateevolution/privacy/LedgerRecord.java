package org.privateevolution.privacy;

/** A record of the ledger's hash chain: a charge or a budget. */
public sealed interface LedgerRecord permits LedgerEntry, BudgetEntry {

    /** The {@code previousHash} of the first record. */
    String GENESIS_HASH = "0".repeat(64);

    /** 1, 2, 3 and so on without gaps; charges and budgets are numbered together. */
    long sequence();

    /** The hash of record {@code sequence - 1}; 64 zeros for the first. */
    String previousHash();

    /** SHA-256, in lower-case hexadecimal, of the canonical text of the other components. */
    String hash();

    /**
     * Whether this record's sequence number and hashes are right for its content, directly after {@code previous}.
     *
     * @param previous null for the first record
     */
    boolean follows(LedgerRecord previous);

    /** The sequence number of the record after {@code previous}. */
    static long sequenceAfter(LedgerRecord previous) {
        return previous == null ? 1 : previous.sequence() + 1;
    }

    /** The {@code previousHash} of the record after {@code previous}. */
    static String hashOf(LedgerRecord previous) {
        return previous == null ? GENESIS_HASH : previous.hash();
    }
}

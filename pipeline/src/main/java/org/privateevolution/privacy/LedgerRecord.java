package org.privateevolution.privacy;

/** A line of the ledger's hash chain: a charge, or a budget. */
public sealed interface LedgerRecord permits LedgerEntry, BudgetEntry {

    /** The {@code previousHash} of the first record. */
    String GENESIS_HASH = "0".repeat(64);

    /** 1, 2, 3 and so on without gaps, charges and budgets together. */
    long sequence();

    /** The hash of record {@code sequence - 1}; 64 zeros for the first. */
    String previousHash();

    /** SHA-256, in lower-case hexadecimal, of the canonical text of the other parts. */
    String hash();

    /** Whether this is what comes of its own content after {@code previous}, which is null for the first. */
    boolean follows(LedgerRecord previous);

    /** The sequence number after {@code previous}. */
    static long sequenceAfter(LedgerRecord previous) {
        return previous == null ? 1 : previous.sequence() + 1;
    }

    /** The hash that the record after {@code previous} holds. */
    static String hashOf(LedgerRecord previous) {
        return previous == null ? GENESIS_HASH : previous.hash();
    }
}

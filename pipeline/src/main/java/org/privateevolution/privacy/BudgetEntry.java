package org.privateevolution.privacy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A record of the ledger's hash chain that sets the data set's budget. The newest one applies to every run.
 *
 * @param day the UTC day on which the budget was set
 */
public record BudgetEntry(long sequence, PrivacyBudget budget, LocalDate day, String previousHash, String hash)
        implements LedgerRecord {

    public BudgetEntry {
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(day, "day");
        Objects.requireNonNull(previousHash, "previousHash");
        Objects.requireNonNull(hash, "hash");
    }

    /**
     * Returns the entry for {@code budget} that follows {@code previous}; {@code previous} is null for the first
     * record.
     */
    static BudgetEntry after(LedgerRecord previous, PrivacyBudget budget, LocalDate day) {
        long sequence = LedgerRecord.sequenceAfter(previous);
        String previousHash = LedgerRecord.hashOf(previous);
        return new BudgetEntry(sequence, budget, day, previousHash, hash(sequence, budget, day, previousHash));
    }

    @Override
    public boolean follows(LedgerRecord previous) {
        return equals(after(previous, budget, day));
    }

    /**
     * Hashes one field per line. Numbers are written in hexadecimal, because that text is the same in every Java
     * version.
     */
    private static String hash(long sequence, PrivacyBudget budget, LocalDate day, String previousHash) {
        String text = String.join(
                "\n",
                "ledger-budget 1",
                "sequence=" + sequence,
                "previous=" + previousHash,
                "epsilon=" + Double.toHexString(budget.epsilon()),
                "delta=" + Double.toHexString(budget.delta()),
                "unit=" + budget.unit().configName(),
                "adjacency=" + budget.adjacency().configName(),
                "client-column=" + budget.clientColumn(),
                "day=" + day,
                "");
        return ContentHash.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}

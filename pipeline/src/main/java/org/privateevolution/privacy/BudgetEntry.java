package org.privateevolution.privacy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A data set's budget in its place in the ledger's hash chain. The newest one holds, for every run.
 *
 * @param day in UTC on which it was set
 */
public record BudgetEntry(long sequence, PrivacyBudget budget, LocalDate day, String previousHash, String hash)
        implements LedgerRecord {

    public BudgetEntry {
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(day, "day");
        Objects.requireNonNull(previousHash, "previousHash");
        Objects.requireNonNull(hash, "hash");
    }

    /** The entry for {@code budget} after {@code previous}, which is null for the first. */
    static BudgetEntry after(LedgerRecord previous, PrivacyBudget budget, LocalDate day) {
        long sequence = LedgerRecord.sequenceAfter(previous);
        String previousHash = LedgerRecord.hashOf(previous);
        return new BudgetEntry(sequence, budget, day, previousHash, hash(sequence, budget, day, previousHash));
    }

    @Override
    public boolean follows(LedgerRecord previous) {
        return equals(after(previous, budget, day));
    }

    /** One field a line; numbers in hexadecimal, whose text is the same in every Java version. */
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

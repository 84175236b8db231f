package org.privateevolution.jobs;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The section {@code privacy} of a drafted configuration, with comments on what the reader must decide.
 *
 * @param epsilon epsilon of one run
 * @param delta delta of one run
 * @param ledger the ledger, if it is not the one that a run uses by default
 * @param clients whether whole clients are protected
 * @param adjacency the adjacency, if it is not the default
 */
record PrivacySection(
        double epsilon, double delta, Optional<String> ledger, boolean clients, Optional<String> adjacency) {

    /**
     * Number of runs whose epsilons add up to the proposed budget. More runs fit, because they compose to less than the
     * sum.
     */
    private static final int BUDGETED_RUNS = 4;

    String yaml() {
        StringBuilder text = new StringBuilder("privacy:    # choose these values\n");
        text.append("  epsilon: ").append(plain(epsilon)).append("    # of one run\n");
        text.append("  delta: ").append(small(delta));
        text.append("    # well below 1/N, where N is a public bound on the number of records\n");
        text.append("  budget: {epsilon: ").append(plain(BUDGETED_RUNS * epsilon));
        text.append(", delta: ").append(small(delta)).append("}    # of everything released from this data\n");
        ledger.ifPresent(path ->
                text.append("  ledger: ").append(DraftFrame.quoted(path)).append('\n'));
        if (clients) {
            text.append("  unit: client\n");
        }
        adjacency.ifPresent(name -> text.append("  adjacency: ").append(name).append('\n'));
        return text.toString();
    }

    /** Returns a number without exponent and trailing zeros. */
    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** Returns a delta as people write it, such as 1e-6, which YAML 1.2 reads as a number. */
    static String small(double number) {
        return ConsoleNumbers.number(number);
    }
}

package org.privateevolution.jobs;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The section {@code privacy} of a drafted configuration, with what its reader has to decide.
 *
 * @param epsilon of one run
 * @param delta of one run
 * @param ledger where it is not the one that a run takes by default
 * @param clients whether whole clients are protected
 * @param adjacency where it is not the default
 */
record PrivacySection(
        double epsilon, double delta, Optional<String> ledger, boolean clients, Optional<String> adjacency) {

    /**
     * Runs whose epsilons add up to the proposed budget. More of them fit, because they compose to less than the sum.
     */
    private static final int BUDGETED_RUNS = 4;

    /** For records, by the usual ledger and adjacency. */
    static PrivacySection of(double epsilon, double delta) {
        return new PrivacySection(epsilon, delta, Optional.empty(), false, Optional.empty());
    }

    PrivacySection withLedger(Optional<String> other) {
        return new PrivacySection(epsilon, delta, other, clients, adjacency);
    }

    String yaml() {
        StringBuilder text = new StringBuilder("privacy:    # choose these values\n");
        text.append("  epsilon: ").append(plain(epsilon)).append("    # of one run\n");
        text.append("  delta: ").append(small(delta));
        text.append("    # well below 1/N, where N is a public bound on the number of records\n");
        text.append("  budget: {epsilon: ").append(plain(BUDGETED_RUNS * epsilon));
        text.append(", delta: ").append(small(delta)).append("}    # of everything released from these data\n");
        ledger.ifPresent(path ->
                text.append("  ledger: ").append(DraftFrame.quoted(path)).append('\n'));
        if (clients) {
            text.append("  unit: client\n");
        }
        adjacency.ifPresent(name -> text.append("  adjacency: ").append(name).append('\n'));
        return text.toString();
    }

    /** Without an exponent, nor zeros behind the point. */
    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** As people write a delta, such as 1e-6; YAML 1.2 reads it as a number. */
    static String small(double number) {
        return ConsoleNumbers.number(number);
    }
}

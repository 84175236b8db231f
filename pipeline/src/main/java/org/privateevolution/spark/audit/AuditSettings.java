package org.privateevolution.spark.audit;

import java.util.List;
import java.util.OptionalInt;
import org.privateevolution.config.ConfigurationException;

/**
 * How an audit is made.
 *
 * @param canaries of each run; empty for as many as take about a minute on two cores
 * @param runs number of runs, each on canaries of its own
 * @param confidence of the bounds
 * @param seed of the coins and of what is invented; the noise has none
 * @param output folder of the audit, which must not exist
 * @param blackBox whether published samples are audited, too
 */
public record AuditSettings(
        OptionalInt canaries, int runs, double confidence, long seed, String output, boolean blackBox) {

    /** Below it, all canaries may well be on one side, and normal approximations do not hold. */
    public static final int FEWEST_CANARIES = 20;

    /** @throws ConfigurationException if a number is out of range */
    public AuditSettings {
        if (canaries.isPresent() && canaries.getAsInt() < FEWEST_CANARIES) {
            throw refused(
                    "--canaries: " + canaries.getAsInt() + " is not allowed: must be at least " + FEWEST_CANARIES);
        }
        if (runs < 1) {
            throw refused("--runs: " + runs + " is not allowed: must be at least 1");
        }
        if (!(confidence >= 0.5 && confidence < 1)) {
            throw refused("--confidence: " + confidence + " is not allowed: must be 0.5 or more, and less than 1");
        }
    }

    private static ConfigurationException refused(String problem) {
        return new ConfigurationException(List.of(problem));
    }
}

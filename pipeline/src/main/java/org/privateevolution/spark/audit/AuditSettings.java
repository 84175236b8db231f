package org.privateevolution.spark.audit;

import java.util.List;
import java.util.OptionalInt;
import org.privateevolution.config.ConfigurationException;

/**
 * The settings of an audit.
 *
 * @param canaries number of canaries per run; empty for as many as take about a minute on two cores
 * @param runs number of runs, each on canaries of its own
 * @param confidence confidence of the bounds
 * @param seed seed of the coins and of the invented records; the noise is not seeded
 * @param output folder of the audit, which must not exist
 * @param blackBox whether to audit the published samples as well
 */
public record AuditSettings(
        OptionalInt canaries, int runs, double confidence, long seed, String output, boolean blackBox) {

    /** With fewer canaries, all coins may well fall on one side, and normal approximations do not hold. */
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

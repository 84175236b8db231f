package org.privateevolution.spark.audit;

import java.util.Optional;
import org.privateevolution.audit.BlackBox;
import org.privateevolution.audit.Verdict;
import org.privateevolution.audit.WhiteBox;

/**
 * What an audit has found.
 *
 * @param name of the configuration
 * @param canaries of each run
 */
public record Findings(
        String name, AuditSettings settings, int canaries, WhiteBox whiteBox, Optional<BlackBox> blackBox) {

    /** Of both kinds of audit. */
    public Verdict verdict() {
        if (blackBox.filter(BlackBox::contradicts).isPresent()) {
            return Verdict.CONTRADICTED;
        }
        boolean above = blackBox.filter(
                        found -> found.epsilonBound() > whiteBox.claim().epsilon())
                .isPresent();
        return whiteBox.verdict() == Verdict.CONSISTENT && above ? Verdict.ABOVE : whiteBox.verdict();
    }
}

package org.privateevolution.spark.audit;

import java.util.Optional;
import org.privateevolution.audit.BlackBox;
import org.privateevolution.audit.Verdict;
import org.privateevolution.audit.WhiteBox;

/**
 * The findings of an audit.
 *
 * @param name name of the configuration
 * @param canaries number of canaries per run
 */
public record Findings(
        String name, AuditSettings settings, int canaries, WhiteBox whiteBox, Optional<BlackBox> blackBox) {

    /** The verdict of both kinds of audit together. */
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

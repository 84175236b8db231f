package org.privateevolution.config;

import org.privateevolution.model.RejectionRule;

/** The section that states what happens to samples that cannot be generated. */
final class RejectionSettings extends Group<RejectionRule> {

    final Setting<Integer> attempts;
    final Setting<Double> mostLeftOut;

    /**
     * @param tried description of {@code attempts}, in Markdown
     * @param samples what the samples are called
     */
    RejectionSettings(String tried, String samples) {
        attempts =
                value("attempts", Whole.atLeast(1), 3, RejectionRule::attempts).means(tried);
        mostLeftOut = value("most_left_out", Real.SHARE, 0.1, RejectionRule::mostLeftOut)
                .means("The run stops if a larger share of the requested " + samples + " cannot be made.");
    }

    RejectionRule read(Section section) {
        return section.make(() -> new RejectionRule(section.get(attempts), section.get(mostLeftOut)));
    }
}

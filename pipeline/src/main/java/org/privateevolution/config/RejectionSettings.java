package org.privateevolution.config;

import org.privateevolution.model.RejectionRule;

/** What is done about samples that cannot be made. */
final class RejectionSettings extends Group<RejectionRule> {

    final Setting<Integer> attempts;
    final Setting<Double> mostLeftOut;

    /**
     * @param tried what {@code attempts} are
     * @param samples what samples are
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

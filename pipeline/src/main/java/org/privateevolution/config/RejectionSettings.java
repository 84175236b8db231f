package org.privateevolution.config;

import org.privateevolution.model.TextSpec;

/** What is done about samples that cannot be made. */
final class RejectionSettings extends Group<TextSpec.Rejections> {

    final Setting<Integer> attempts;
    final Setting<Double> mostLeftOut;

    /**
     * @param tried what {@code attempts} are
     * @param samples what samples are
     */
    RejectionSettings(String tried, String samples) {
        attempts = value("attempts", Whole.atLeast(1), 3, TextSpec.Rejections::attempts)
                .means(tried);
        mostLeftOut = value("most_left_out", Real.SHARE, 0.1, TextSpec.Rejections::mostLeftOut)
                .means("The run stops if a larger share of a generation's " + samples + " cannot be made.");
    }

    TextSpec.Rejections read(Section section) {
        return section.make(() -> new TextSpec.Rejections(section.get(attempts), section.get(mostLeftOut)));
    }
}

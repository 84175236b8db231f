package org.privateevolution.config;

import org.privateevolution.model.RunSpec;

/** The section of shares that are measured with noise, within the guarantee. */
final class SharesSettings extends Group<RunSpec.Labels> {

    final NoisySettings noisy = mount(
            "noisy",
            new NoisySettings(),
            labels -> labels.fractions() instanceof RunSpec.Fractions.Noisy bought ? bought : null);

    /** The noise of the measurement. */
    static final class NoisySettings extends Group<RunSpec.Fractions.Noisy> {

        final Setting<Double> noiseMultiplier = optional(
                        "noise_multiplier",
                        PrivacySettings.NOISE_MULTIPLIER,
                        null,
                        RunSpec.Fractions.Noisy::noiseMultiplier)
                .otherwise("required with `labels.fractions.noisy`")
                .means("Standard deviation of the noise, in records or clients, of one count of the private labels"
                        + " that measures the shares. The count is charged to the ledger.");

        RunSpec.Fractions read(Section section) {
            section.require(noiseMultiplier);
            return section.make(() -> new RunSpec.Fractions.Noisy(section.get(noiseMultiplier)));
        }
    }
}

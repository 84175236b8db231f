package org.privateevolution.config;

import org.privateevolution.model.RunSpec;

/** Shares of the labels that are bought with noise. */
final class SharesSettings extends Group<RunSpec.Labels> {

    final NoisySettings noisy = mount(
            new NoisySettings(path("noisy")),
            labels -> labels.fractions() instanceof RunSpec.Fractions.Noisy bought ? bought : null);

    SharesSettings(String path) {
        super(path);
    }

    /** How noisy they are. */
    static final class NoisySettings extends Group<RunSpec.Fractions.Noisy> {

        final Setting<Double> noiseMultiplier = optional(
                "noise_multiplier",
                PrivacySettings.NOISE_MULTIPLIER,
                null,
                "required with `labels.fractions.noisy`",
                "Buys the shares with one noisy count of the private labels, which the ledger charges: standard deviation"
                        + " of its noise, in privacy units.",
                RunSpec.Fractions.Noisy::noiseMultiplier);

        NoisySettings(String path) {
            super(path);
        }

        RunSpec.Fractions read(Section section) {
            section.require(noiseMultiplier);
            return section.make(() -> new RunSpec.Fractions.Noisy(section.get(noiseMultiplier)));
        }
    }
}

package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    private static final Fingerprint PLAIN = Fingerprint.of(Configurations.minimal());

    @Test
    void equalRunsHaveEqualFingerprints() {
        assertThat(Fingerprint.of(Configurations.minimal())).isEqualTo(PLAIN);
        assertThat(PLAIN.identity()).matches("[0-9a-f]{64}").isNotEqualTo(PLAIN.full());
        assertThat(PLAIN.full()).matches("[0-9a-f]{64}");
    }

    /** Stores keep fingerprints: a change of the canonical form must be meant, and come with a word to their owners. */
    @Test
    void fingerprintsDoNotChangeFromReleaseToRelease() {
        assertThat(PLAIN.identity()).isEqualTo("f73c7c6200381a3528d60994cf5631c90b856a6939734aadc45d0f94e7e969f6");
        assertThat(PLAIN.full()).isEqualTo("2c17b71210249acfd2b7eed46c3777c8a23ff3fb537bfd1b175a79c2e6d9acbd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=other",
                "private_data.partitions=7",
                "privacy.epsilon=2",
                "privacy={noise_multiplier: 3, delta: 1e-5}",
                "privacy.delta=1e-6",
                "privacy.ledger=elsewhere",
                "privacy.budget={epsilon: 3, delta: 1e-5}",
                "evolution.votes=4",
                "evolution.samples=8",
                "evolution.selection=rank",
                "vote.broadcast_chunk_mib=65",
                "evaluation.private_metrics=true",
                "output.formats=[csv]",
                "output.publish=selected"
            })
    void aRunMayGoOnLongerSpendMoreOrPublishElseAndKeepItsIdentity(String override) {
        Fingerprint changed = Fingerprint.of(Configurations.minimal(override));

        assertThat(changed.identity()).isEqualTo(PLAIN.identity());
        assertThat(changed.full()).isNotEqualTo(PLAIN.full());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed=1",
                "private_data.path=elsewhere",
                // One of several repeats could be passed off as the only one.
                "private_data.public=true",
                "private_data.format=orc",
                "private_data.options={mergeSchema: true}",
                "labels={column: card, values: [a]}",
                "privacy.adjacency=replace-one",
                "evolution.initial_variation_fold=1",
                "evolution.lookahead=1",
                "vote.metric=cosine",
                "vote.neighbors=2",
                "tabular.columns.0.categories.0=UK",
                "tabular.columns.0.nullable=true",
                "tabular.mutation.gamma=0.3",
                "tabular.numeric_weight=2",
                "output.path=elsewhere"
            })
    void anotherRunHasAnotherIdentity(String override) {
        Fingerprint changed = Fingerprint.of(Configurations.minimal(override));

        assertThat(changed.identity()).isNotEqualTo(PLAIN.identity());
        assertThat(changed.full()).isNotEqualTo(PLAIN.full());
    }

    @Test
    void theUnitIsPartOfTheIdentity() {
        assertThat(Fingerprint.of(Configurations.minimal("privacy.unit=client", "private_data.client_column=id"))
                        .identity())
                .isNotEqualTo(PLAIN.identity());
    }
}

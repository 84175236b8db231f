package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.PrivacyException;

/** The plan of a run that discovers its columns: all of it together is what the configuration promises. */
class PrivacyPlanTest {

    private static final double DELTA = 1e-6;

    private static RunSpec spec(String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "private_data={format: csv, path: in.csv}",
                "privacy={epsilon: 2, delta: 1e-6}",
                "tabular={discover: {share: 0.2}}",
                "output={path: out}"));
        all.addAll(List.of(overrides));
        return RunConfiguration.parse("", "run.yaml", all);
    }

    private static double musSquared(List<Double> noise) {
        return noise.stream().mapToDouble(each -> 1 / (each * each)).sum();
    }

    private static double muSquared(double noise) {
        return musSquared(List.of(noise));
    }

    private static Accountant accountant(RunSpec spec, PrivacyPlan plan) {
        Accountant accountant = Accountant.of(spec.privacy().adjacency());
        if (!Double.isNaN(plan.labelCounts())) {
            accountant = accountant.plus(plan.labelCounts(), 1);
        }
        if (plan.discovery().isPresent()) {
            accountant = accountant
                    .plus(plan.discovery().get().noiseMultiplier(), 1)
                    .plusThreshold(plan.discovery().get().thresholdDelta());
        }
        for (List<Double> releases : List.of(plan.marginals(), plan.votes())) {
            for (double noise : releases) {
                accountant = accountant.plus(noise, 1);
            }
        }
        return accountant;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed=1",
                "privacy.adjacency=replace-one",
                "evolution={samples: 10, votes: 4}",
                "privacy={epsilon: 0.1, delta: 1e-6}",
                "tabular={discover: {share: 0.9}}"
            })
    void allReleasesTogetherCostTheDeclaredEpsilon(String override) {
        RunSpec spec = spec(override);

        PrivacyPlan plan = PrivacyPlan.of(spec);

        double epsilon = spec.privacy().epsilon().getAsDouble();
        assertThat(accountant(spec, plan).within(epsilon, DELTA)).isTrue();
        assertThat(accountant(spec, plan).epsilon(DELTA)).isCloseTo(epsilon, within(1e-6 * epsilon));
        double ofAll = muSquared(plan.discovery().get().noiseMultiplier())
                + musSquared(plan.marginals())
                + musSquared(plan.votes());
        double share = spec.discovery().orElseThrow().share();
        assertThat(muSquared(plan.discovery().get().noiseMultiplier()) / ofAll).isCloseTo(share, within(1e-6));
        assertThat(plan.discovery().get().thresholdDelta()).isEqualTo(0.1 * DELTA);
    }

    @Test
    void theNoisyCountOfLabelsIsPaidFirst() {
        RunSpec spec = spec(
                "labels={column: a, fractions: {noisy: {noise_multiplier: 9}}}", "evolution={samples: 10, votes: 4}");

        PrivacyPlan plan = PrivacyPlan.of(spec);

        assertThat(plan.labelCounts()).isEqualTo(9);
        assertThat(accountant(spec, plan).epsilon(DELTA)).isCloseTo(2, within(1e-6));
        double discovery = muSquared(plan.discovery().get().noiseMultiplier());
        assertThat(discovery / (discovery + musSquared(plan.votes()))).isCloseTo(0.2, within(1e-6));
    }

    @Test
    void aDeclaredNoiseIsThatOfTheVotesAndTheDiscoveryGetsItsShareBesideThem() {
        for (String evolution : List.of("evolution={samples: 10, votes: 5}", "evolution={}")) {
            RunSpec spec = spec("privacy={noise_multiplier: 13, delta: 1e-6}", evolution);

            PrivacyPlan plan = PrivacyPlan.of(spec);

            assertThat(plan.votes()).containsOnly(13.0);
            double discovery = muSquared(plan.discovery().get().noiseMultiplier());
            double ofAll = discovery + musSquared(plan.marginals()) + musSquared(plan.votes());
            assertThat(discovery / ofAll).isCloseTo(0.2, within(1e-12));
        }
    }

    @Test
    void whatWasChargedCountsWithTheNoiseThatItHad() {
        RunSpec spec = spec("privacy.epsilon=3");
        PrivacyPlan.Discovery charged = new PrivacyPlan.Discovery(5, 3e-8);

        PrivacyPlan plan = PrivacyPlan.extending(
                spec, new PrivacyPlan.Charged(Optional.of(charged), List.of(7.0), List.of(20.0, 21.0)));

        assertThat(plan.discovery()).contains(charged);
        assertThat(plan.marginals()).startsWith(7.0).hasSize(2);
        assertThat(plan.votes()).startsWith(20.0, 21.0).hasSize(30);
        assertThat(accountant(spec, plan).epsilon(DELTA)).isCloseTo(3, within(1e-6));
    }

    @Test
    void aDiscoveryThatHasSpentEverythingLeavesNoRun() {
        PrivacyPlan.Discovery charged = new PrivacyPlan.Discovery(1, 1e-7);

        assertThatThrownBy(() -> PrivacyPlan.extending(
                        spec(), new PrivacyPlan.Charged(Optional.of(charged), List.of(), List.of())))
                .isInstanceOf(PrivacyException.class);
    }

    @Test
    void aRunOfDeclaredColumnsPaysForNone() {
        RunSpec spec = spec("tabular={columns: [{name: a, type: boolean}]}");

        assertThat(PrivacyPlan.of(spec).discovery()).isEmpty();
        assertThat(PrivacyPlan.of(spec).votes().get(0))
                .isLessThan(PrivacyPlan.of(spec()).votes().get(0));
    }
}

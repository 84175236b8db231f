package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountantTest {
    private static final Accountant NOTHING = Accountant.of(Adjacency.ADD_REMOVE);

    /** CIFAR10 of Lin et al. 2023; the figures of 40-digit arithmetic. */
    @Test
    void adjacencyDecidesTheEpsilonOfTheSameNoise() {
        double multiplier = 5 * Math.sqrt(2);
        assertThat(NOTHING.plus(multiplier, 20).epsilon(1e-5)).isCloseTo(2.5943834, within(5e-8));
        assertThat(Accountant.of(Adjacency.REPLACE_ONE).plus(multiplier, 20).epsilon(1e-5))
                .isCloseTo(3.849, within(5e-4));
        assertThat(NOTHING.plus(10 * Math.sqrt(2), 7).epsilon(1e-5)).isCloseTo(.67446023, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1e-5, 1, 3.730631634816",
        "1, 1e-5, 20, 16.68389186892",
        "1, 1e-6, 10, 13.3596076731",
        "0.1, 1e-6, 1, 36.3046904262",
        "10, 1e-5, 20, 2.235569869696",
        "1, 1e-3, 1, 2.57465701864",
        "100, 1e-5, 1, 0.0946699070147",
    })
    void discreteNoiseNeedsBarelyMoreThanContinuous(double epsilon, double delta, int votes, double continuous) {
        assertThat(NOTHING.noiseMultiplier(epsilon, delta, votes))
                .isGreaterThan(continuous)
                .isCloseTo(continuous, withinPercentage(1e-5));
    }

    @Test
    void noiseMultiplierIsTheSmallestThatKeepsThePromise() {
        for (Adjacency adjacency : Adjacency.values()) {
            for (double epsilon : new double[] {1e-3, .1, 1, 9.7, 300, 1e4}) {
                for (double delta : new double[] {1e-12, 1e-5, .02, .5, .999}) {
                    for (int votes : new int[] {1, 13, 997, 1_000_000}) {
                        Accountant accountant = Accountant.of(adjacency);
                        double multiplier = accountant.noiseMultiplier(epsilon, delta, votes);
                        assertThat(accountant.plus(multiplier, votes).within(epsilon, delta))
                                .isTrue();
                        if (multiplier > DiscreteGaussianBound.MIN_NOISE_MULTIPLIER) {
                            assertThat(accountant
                                            .plus(multiplier * (1 - 1e-9), votes)
                                            .within(epsilon, delta))
                                    .isFalse();
                        }
                    }
                }
            }
        }
    }

    @Test
    void epsilonAndNoiseMultiplierRoundTrip() {
        for (double epsilon : new double[] {.01, 1, 10, 1000}) {
            for (int votes : new int[] {1, 17, 10_007}) {
                double multiplier = NOTHING.noiseMultiplier(epsilon, 1e-6, votes);
                Accountant spent = NOTHING.plus(multiplier, votes);
                assertThat(spent.epsilon(1e-6)).isCloseTo(epsilon, withinPercentage(1e-7));
                assertThat(spent.delta(epsilon)).isLessThanOrEqualTo(1e-6);
                assertThat(spent.delta(epsilon)).isCloseTo(1e-6, withinPercentage(1e-6));
            }
        }
    }

    @Test
    void costRisesWithReleasesAndFallsWithNoise() {
        double previous = 0;
        for (int votes : new int[] {1, 2, 3, 5, 8, 13, 1000, 1_000_000}) {
            double epsilon = NOTHING.plus(3, votes).epsilon(1e-5);
            assertThat(epsilon).isGreaterThan(previous);
            assertThat(NOTHING.plus(3.001, votes).epsilon(1e-5)).isLessThan(epsilon);
            previous = epsilon;
        }
    }

    @Test
    void earlierReleasesLeaveLessForTheRest() {
        double alone = NOTHING.noiseMultiplier(1, 1e-5, 14);
        Accountant withLabelCounts = NOTHING.plus(40, 1);
        double beside = withLabelCounts.noiseMultiplier(1, 1e-5, 14);
        assertThat(beside).isGreaterThan(alone);
        assertThat(withLabelCounts.plus(beside, 14).epsilon(1e-5)).isCloseTo(1, within(1e-7));
    }

    /**
     * Votes of a schedule of 7 cost more than half of a schedule of 14: an extended run cannot stay at epsilon 1.
     */
    @Test
    void extendedScheduleIsAccountedByWhatHappened() {
        double first = NOTHING.noiseMultiplier(1, 1e-5, 7);
        double claimed = NOTHING.noiseMultiplier(1, 1e-5, 14);
        assertThat(NOTHING.plus(first, 7).plus(claimed, 7).epsilon(1e-5)).isBetween(1.2, 1.3);
        assertThatThrownBy(() -> NOTHING.plus(first, 7).noiseMultiplier(1, 1e-5, 7))
                .isInstanceOf(PrivacyException.class);
    }

    @Test
    void overspentBudgetIsRefusedWithWhatItCost() {
        assertThatThrownBy(() -> NOTHING.plus(2, 5).noiseMultiplier(1, 1e-5, 3))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("5 releases already fixed")
                .hasMessageContaining("larger epsilon");
    }

    @Test
    void orderOfReleasesDoesNotMatterToTheLastBit() {
        Accountant oneWay = NOTHING.plus(3.1, 2).plus(7.77, 1).plus(.9, 3).plus(3.1, 1);
        Accountant otherWay = NOTHING.plus(.9, 1).plus(3.1, 3).plus(.9, 2).plus(7.77, 1);
        assertThat(oneWay.epsilon(1e-5)).isEqualTo(otherWay.epsilon(1e-5));
        assertThat(oneWay.releases()).isEqualTo(7);
    }

    @Test
    void noReleasesCostNothing() {
        assertThat(NOTHING.epsilon(1e-5)).isZero();
        assertThat(NOTHING.delta(0)).isZero();
        assertThat(NOTHING.within(0, 1e-5)).isTrue();
        assertThat(NOTHING.plus(1, 0).releases()).isZero();
    }

    @Test
    void deltaBelowWhatDiscretenessResolvesIsRefused() {
        assertThat(NOTHING.plus(5, 20).epsilon(1e-20)).isPositive();
        assertThatThrownBy(() -> NOTHING.plus(5, 20).epsilon(1e-32))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("larger delta");
        assertThatThrownBy(() -> NOTHING.noiseMultiplier(1, 1e-32, 20)).isInstanceOf(PrivacyException.class);
    }

    @Test
    void noiseOutsideTheBoundsPremiseIsRefused() {
        for (double multiplier : new double[] {0, -1, 0x1p-11, 0x1p25, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> NOTHING.plus(multiplier, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("noise multiplier");
        }
        assertThatThrownBy(() -> NOTHING.plus(1, -1)).hasMessageContaining("times");
        assertThatThrownBy(() -> NOTHING.noiseMultiplier(1, 1e-5, 0)).hasMessageContaining("votes");
        assertThatThrownBy(() -> NOTHING.noiseMultiplier(-1, 1e-5, 1)).hasMessageContaining("epsilon");
    }

    @Test
    void thresholdsAddToDelta() {
        Accountant noise = Accountant.of(Adjacency.ADD_REMOVE).plus(5, 1).plus(9, 2);
        Accountant both = noise.plusThreshold(1e-7).plusThreshold(3e-7);

        for (double epsilon : new double[] {0, 0.3, 1, 4}) {
            assertThat(both.delta(epsilon)).isGreaterThanOrEqualTo(noise.delta(epsilon) + 4e-7);
            assertThat(both.delta(epsilon)).isCloseTo(noise.delta(epsilon) + 4e-7, within(1e-15));
        }
        assertThat(both.epsilon(1e-6)).isCloseTo(noise.epsilon(6e-7), within(1e-9));
        assertThat(both.within(both.epsilon(1e-6), 1e-6)).isTrue();
        assertThat(noise.plusThreshold(3e-7).plusThreshold(1e-7).delta(1)).isEqualTo(both.delta(1));
        double multiplier =
                Accountant.of(Adjacency.ADD_REMOVE).plusThreshold(1e-7).noiseMultiplier(1, 1e-6, 1);
        assertThat(Accountant.of(Adjacency.ADD_REMOVE)
                        .plus(multiplier, 1)
                        .plusThreshold(1e-7)
                        .within(1, 1e-6))
                .isTrue();
    }

    @Test
    void noEpsilonIsStatedAtADeltaThatThresholdsUsedUp() {
        Accountant spent = Accountant.of(Adjacency.ADD_REMOVE).plus(5, 1).plusThreshold(1e-6);

        assertThat(spent.within(100, 1e-6)).isFalse();
        assertThatThrownBy(() -> spent.epsilon(1e-6))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("use a larger delta");
        assertThatThrownBy(() -> Accountant.of(Adjacency.ADD_REMOVE).plusThreshold(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.util.ArithmeticUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscreteGaussianBoundTest {

    /** The exact values of an independent computation: one vote a release, one grid unit a vote. */
    @ParameterizedTest
    @CsvSource({"100, 10, 1.0969519418e-4", "278, 20, 1.0103109366e-5", "134.556, 10, 1.3188580626e-5"})
    void exactDeltaOfTheTestAgreesWithKnownValues(double variance, int releases, double delta) {
        assertThat(exactDelta(1, variance, releases, new int[] {1})).isCloseTo(delta, withinPercentage(1e-7));
    }

    /** Without the gap the continuous delta is no bound: the twin of the tests below. */
    @Test
    void continuousDeltaAloneIsBelowTheDiscreteOne() {
        double continuous = GaussianAccounting.delta(1, Math.sqrt(10 / 134.556));
        assertThat(continuous).isCloseTo(1.318217e-5, withinPercentage(1e-4));
        assertThat(continuous).isLessThan(exactDelta(1, 134.556, 10, new int[] {1}));
    }

    @ParameterizedTest
    @CsvSource({
        // bits, noise multiplier, releases, epsilon
        "0, 16.7, 20, 1",
        "0, 11.6, 10, 1",
        "3, 8, 1, 0.1",
        "4, 3, 2, 1",
        "6, 3.73, 1, 1",
        "6, 1.1, 3, 5",
        "7, 1.6, 2, 2.5",
        "8, 0.5, 1, 10",
        "9, 1, 1, 3",
        "10, 1, 1, 0",
    })
    void boundHoldsForOneCandidateAVote(int bits, double noiseMultiplier, int releases, double epsilon) {
        assertBound(bits, noiseMultiplier, releases, epsilon, new int[] {1 << bits});
    }

    @ParameterizedTest
    @CsvSource({
        // bits, noise multiplier, releases, epsilon, votes for the candidates
        "5, 1.3, 2, 3, 19 25",
        "6, 2.5, 1, 1, 45 -45",
        "6, 2.5, 1, 1, 64 -64",
        "5, 1.7, 2, 2, 16 18 15 11",
        "5, 2, 2, 0.5, 1 1 1 1 1 1 1 1 1",
        "6, 0.9, 1, 4, 63 3",
    })
    void boundHoldsForSpreadVotes(int bits, double noiseMultiplier, int releases, double epsilon, String votes) {
        String[] parts = votes.split(" ", -1);
        int[] difference = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            difference[i] = Integer.parseInt(parts[i]);
        }
        assertBound(bits, noiseMultiplier, releases, epsilon, difference);
    }

    private static void assertBound(int bits, double noiseMultiplier, int releases, double epsilon, int[] difference) {
        double unit = 1 << bits;
        double variance = Math.ceil(noiseMultiplier * unit * noiseMultiplier * unit);
        double norm = 0;
        for (int d : difference) {
            norm += (double) d * d;
        }
        double fourthPowers = releases / Math.pow(noiseMultiplier, 4);
        double mu = Math.sqrt(norm * releases) / unit / noiseMultiplier;
        double bound = GaussianAccounting.delta(epsilon - DiscreteGaussianBound.epsilonGap(fourthPowers, bits), mu)
                + DiscreteGaussianBound.deltaGap(releases);
        assertThat(exactDelta(epsilon, variance, releases, difference)).isLessThanOrEqualTo(bound);
    }

    @Test
    void boundClosesOnTheExactValueAsTheGridGetsFiner() {
        double previous = Double.POSITIVE_INFINITY;
        for (int bits : new int[] {9, 12, 15}) {
            double multiplier = 1.5;
            double exact = exactDelta(2, Math.ceil(Math.pow(multiplier * (1 << bits), 2)), 1, new int[] {1 << bits});
            double gap = DiscreteGaussianBound.epsilonGap(Math.pow(multiplier, -4), bits);
            double excess = GaussianAccounting.delta(2 - gap, 1 / multiplier) / exact - 1;
            assertThat(excess).isBetween(0.0, previous / 3);
            previous = excess;
        }
        assertThat(previous).isLessThan(.02);
        assertThat(DiscreteGaussianBound.epsilonGap(1, VoteGrid.BITS)).isCloseTo(144 * 0x1p-30, withinPercentage(1e-9));
    }

    /** The figures that the proof in the class comment uses. */
    @Test
    void constantsOfTheProofHold() {
        assertThat(Erf.erfc(15 / Math.sqrt(2)) / 2).isLessThan(3.68e-51);
        assertThat(Erf.erfc(12 / Math.sqrt(2))).isLessThan(4e-33);
        double largest = 2 * Math.pow(DiscreteGaussianBound.MAX_NOISE_MULTIPLIER * VoteGrid.ONE_VOTE, 2);
        double outer = 13 * Math.sqrt(2 / Math.PI) / 6 * 3.68e-51 * Math.sqrt(largest + 36);
        assertThat(outer).isLessThan(6.4e-51 * Math.sqrt(largest + 36));
        assertThat(outer + 4 * Math.exp(-13 * 13 / 2.0) + 1e-90).isLessThan(1e-33);
        assertThat(2 * Math.exp(-13 * 13 / 2.0)).isLessThan(4.1e-37);
        for (double u = 0; u <= 2.5; u += .01) {
            double excess = 0;
            for (int k = 1; k < 5; k++) {
                excess += Math.exp(2 * Math.PI * 64 * k * (u - Math.PI * k))
                        + Math.exp(2 * Math.PI * 64 * k * (-u - Math.PI * k));
            }
            assertThat(excess).isBetween(0.0, 2.01 * Math.exp(-2 * Math.PI * (Math.PI - 2.5) * 64));
        }
    }

    /** Delta at {@code epsilon} by summing over all values of the discrete loss, to about 1e-14. */
    private static double exactDelta(double epsilon, double variance, int releases, int[] difference) {
        double[] mass = {1};
        double norm = 0;
        int divisor = 0;
        for (int d : difference) {
            divisor = ArithmeticUtils.gcd(divisor, d);
        }
        int reach = (int) Math.ceil(11 * Math.sqrt(variance));
        for (int release = 0; release < releases; release++) {
            for (int d : difference) {
                // All sums are multiples of the common divisor.
                mass = addScaledNoise(mass, variance, Math.abs(d) / divisor, reach);
                norm += (double) d * d;
            }
        }
        double delta = 0;
        int center = mass.length / 2;
        for (int s = 0; s < mass.length; s++) {
            double loss = (norm / 2 - (double) divisor * (s - center)) / variance;
            if (loss > epsilon) {
                delta += mass[s] * -Math.expm1(epsilon - loss);
            }
        }
        return delta;
    }

    /** The law of W + d X, for a law of W that is symmetric about the middle of {@code mass}. */
    private static double[] addScaledNoise(double[] mass, double variance, int d, int reach) {
        double[] noise = new double[2 * reach + 1];
        double total = 0;
        for (int x = -reach; x <= reach; x++) {
            noise[x + reach] = Math.exp(-(double) x * x / (2 * variance));
            total += noise[x + reach];
        }
        double[] sum = new double[mass.length + 2 * reach * d];
        for (int w = 0; w < mass.length; w++) {
            if (mass[w] > 1e-25) {
                for (int x = 0; x < noise.length; x++) {
                    sum[w + x * d] += mass[w] * noise[x] / total;
                }
            }
        }
        return sum;
    }
}

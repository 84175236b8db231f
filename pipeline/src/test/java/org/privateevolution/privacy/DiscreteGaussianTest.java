package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Draws come from the secure generator, so each test may fail by chance: with probability at most 1e-9 each, by the
 * thresholds below. The twins, which must be rejected, use fixed seeds.
 */
class DiscreteGaussianTest {
    private static final double FALSE_FAILURE = 1e-9;

    /** Standard deviations that a normal variable exceeds in absolute value with probability below 1e-9. */
    private static final double Z = 6.2;

    private static final int DRAWS = 200_000;

    private static final DiscreteGaussian SECURE = DiscreteGaussian.secure();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17, 134})
    void drawsFitTheExactProbabilities(int variance) {
        long[] draws = SECURE.sample(BigInteger.valueOf(variance), DRAWS);
        assertThat(chiSquared(draws, variance)).isLessThan(chiSquaredThreshold(variance));
    }

    /** A continuous Gaussian rounded to integers has 1/12 more variance and other tails. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void roundedContinuousGaussianIsRejected(int variance) {
        SplittableRandom random = new SplittableRandom(31);
        double sigma = Math.sqrt(variance);
        long[] draws = fill(DRAWS, () -> Math.round(sigma * random.nextGaussian()));
        assertThat(chiSquared(draws, variance)).isGreaterThan(chiSquaredThreshold(variance));
    }

    @ParameterizedTest
    @ValueSource(doubles = {.98, 1.02})
    void noiseTwoPercentOffIsRejected(double factor) {
        int variance = 134;
        SplittableRandom random = new SplittableRandom(37);
        double sigma = factor * Math.sqrt(variance);
        long[] draws = fill(DRAWS, () -> Math.round(sigma * random.nextGaussian()));
        assertThat(chiSquared(draws, variance)).isGreaterThan(chiSquaredThreshold(variance));
    }

    /** Same variance, other shape. */
    @Test
    void discreteLaplaceIsRejected() {
        SplittableRandom random = new SplittableRandom(41);
        long[] draws = fill(DRAWS, () -> Math.round(laplace(random, Math.sqrt(17))));
        assertThat(chiSquared(draws, 17)).isGreaterThan(chiSquaredThreshold(17));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1p-10, .5, 7.0710678118654755, 1000, 0x1p24})
    void momentsOfGridNoiseAreThoseOfTheNoiseMultiplier(double noiseMultiplier) {
        long[] draws = SECURE.sample(VoteGrid.noiseVariance(noiseMultiplier), 100_003);
        assertThat(momentsFit(draws, noiseMultiplier)).isTrue();
    }

    @Test
    void momentsOfNoiseTwoPercentOffAreRejected() {
        SplittableRandom random = new SplittableRandom(43);
        long[] draws = fill(100_003, () -> Math.round(7 * .98 * VoteGrid.ONE_VOTE * random.nextGaussian()));
        assertThat(momentsFit(draws, 7)).isFalse();
    }

    /** Kolmogorov-Smirnov against the continuous law, 2^-30 from the discrete one; threshold of Massart 1990. */
    @ParameterizedTest
    @ValueSource(doubles = {.7, 16.68389, 911})
    void gridNoiseFollowsTheNormalLaw(double noiseMultiplier) {
        long[] draws = SECURE.sample(VoteGrid.noiseVariance(noiseMultiplier), 100_003);
        assertThat(kolmogorovSmirnov(draws, noiseMultiplier)).isLessThan(massart(draws.length));
    }

    @Test
    void laplaceOfTheSameVarianceIsNotNormal() {
        SplittableRandom random = new SplittableRandom(47);
        long[] draws = fill(100_003, () -> Math.round(VoteGrid.ONE_VOTE * laplace(random, 7)));
        assertThat(kolmogorovSmirnov(draws, 7)).isGreaterThan(massart(draws.length));
    }

    /** All low bits are random: a double's 53 bits scaled to this variance would leave the last ones zero. */
    @Test
    void lowestBitsAreUniform() {
        long[] draws = SECURE.sample(VoteGrid.noiseVariance(0x1p24), 100_003);
        for (int bit = 0; bit < 20; bit++) {
            int ones = 0;
            for (long draw : draws) {
                ones += (int) (draw >> bit & 1);
            }
            double z = (ones - draws.length / 2.0) / Math.sqrt(draws.length / 4.0);
            assertThat(Math.abs(z)).isLessThan(Z + .6);
        }
    }

    @Test
    void successiveDrawsAreUncorrelated() {
        long[] draws = SECURE.sample(VoteGrid.noiseVariance(3), 100_003);
        double sum = 0;
        for (int i = 1; i < draws.length; i++) {
            sum += (double) draws[i] * draws[i - 1];
        }
        double deviation = VoteGrid.noiseVariance(3).doubleValue() * Math.sqrt(draws.length - 1);
        assertThat(Math.abs(sum / deviation)).isLessThan(Z);
    }

    @Test
    void equalBitsGiveEqualNoiseAndSecureNoiseDiffers() {
        BigInteger variance = VoteGrid.noiseVariance(5);
        assertThat(SeededNoise.of(3).sample(variance, 101))
                .isEqualTo(SeededNoise.of(3).sample(variance, 101))
                .isNotEqualTo(SeededNoise.of(4).sample(variance, 101));
        assertThat(DiscreteGaussian.secure().sample(variance, 101)).isNotEqualTo(SECURE.sample(variance, 101));
    }

    @Test
    void refusesVariancesItCannotSample() {
        for (BigInteger variance :
                new BigInteger[] {BigInteger.ZERO, BigInteger.ONE.negate(), BigInteger.ONE.shiftLeft(121)}) {
            assertThatThrownBy(() -> SECURE.sample(variance, 1)).hasMessageContaining("variance");
        }
        assertThat(SECURE.sample(BigInteger.ONE, 0)).isEmpty();
    }

    /** Millions of draws see a relative error of about 0.1 % in any common value and 5 % in the tails. */
    @Tag("statistics")
    @ParameterizedTest
    @CsvSource({"1, 8000000", "2, 8000000", "7, 8000000", "134, 8000000"})
    void manyDrawsFitTheExactProbabilities(int variance, int count) {
        long[] draws = SECURE.sample(BigInteger.valueOf(variance), count);
        assertThat(chiSquared(draws, variance)).isLessThan(chiSquaredThreshold(variance, count));
    }

    /** Counts beyond 3, 4 and 4.5 standard deviations, each a binomial of 68 or more expected. */
    @Tag("statistics")
    @Test
    void tailsOfGridNoiseAreNormal() {
        long[] draws = SECURE.sample(VoteGrid.noiseVariance(10), 10_000_000);
        for (double deviations : new double[] {3, 4, 4.5}) {
            double limit = deviations * 10 * VoteGrid.ONE_VOTE;
            long beyond = Arrays.stream(draws).filter(x -> Math.abs(x) > limit).count();
            double expected = draws.length * 2 * new NormalDistribution().cumulativeProbability(-deviations);
            assertThat((beyond - expected) / Math.sqrt(expected)).isBetween(-Z, Z + 1.5);
        }
    }

    private static boolean momentsFit(long[] draws, double noiseMultiplier) {
        double sum = 0;
        double squares = 0;
        for (long draw : draws) {
            double x = draw / (noiseMultiplier * VoteGrid.ONE_VOTE);
            sum += x;
            squares += x * x;
        }
        double mean = sum / Math.sqrt(draws.length);
        double variance = (squares - draws.length) / Math.sqrt(2.0 * draws.length);
        return Math.abs(mean) < Z && Math.abs(variance) < Z + .3;
    }

    /** Pearson's statistic over the single values expected at least 100 times, and both tails. */
    private static double chiSquared(long[] draws, double variance) {
        int reach = reach(variance, draws.length);
        double[] expected = expected(variance, reach, draws.length);
        long[] observed = new long[expected.length];
        for (long draw : draws) {
            observed[(int) Math.max(-reach - 1, Math.min(reach + 1, draw)) + reach + 1]++;
        }
        double statistic = 0;
        for (int i = 0; i < observed.length; i++) {
            statistic += Math.pow(observed[i] - expected[i], 2) / expected[i];
        }
        return statistic;
    }

    private static double chiSquaredThreshold(double variance) {
        return chiSquaredThreshold(variance, DRAWS);
    }

    private static double chiSquaredThreshold(double variance, int count) {
        int bins = 2 * reach(variance, count) + 3;
        return new ChiSquaredDistribution(bins - 1).inverseCumulativeProbability(1 - FALSE_FAILURE / 10);
    }

    /** The largest value whose own bin and whose tail are expected at least 100 times. */
    private static int reach(double variance, int count) {
        int reach = 0;
        while (true) {
            double[] expected = expected(variance, reach + 1, count);
            if (expected[0] < 100 || expected[1] < 100) {
                return reach;
            }
            reach++;
        }
    }

    /** Expected counts of the lower tail, of -reach to reach, and of the upper tail. */
    private static double[] expected(double variance, int reach, int count) {
        double[] expected = new double[2 * reach + 3];
        double total = 0;
        for (int x = -2000; x <= 2000; x++) {
            double mass = Math.exp(-(double) x * x / (2 * variance));
            expected[Math.max(-reach - 1, Math.min(reach + 1, x)) + reach + 1] += mass;
            total += mass;
        }
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= count / total;
        }
        return expected;
    }

    private static double kolmogorovSmirnov(long[] draws, double noiseMultiplier) {
        long[] sorted = draws.clone();
        Arrays.sort(sorted);
        NormalDistribution normal = new NormalDistribution();
        double largest = 0;
        for (int i = 0; i < sorted.length; i++) {
            double p = normal.cumulativeProbability(sorted[i] / (noiseMultiplier * VoteGrid.ONE_VOTE));
            largest = Math.max(largest, Math.max(p - i / (double) sorted.length, (i + 1) / (double) sorted.length - p));
        }
        return largest;
    }

    private static double massart(int count) {
        return Math.sqrt(Math.log(2 / FALSE_FAILURE) / (2.0 * count));
    }

    private static double laplace(SplittableRandom random, double deviation) {
        double magnitude = -Math.log1p(-random.nextDouble()) * deviation / Math.sqrt(2);
        return random.nextBoolean() ? magnitude : -magnitude;
    }

    private static long[] fill(int count, LongSupplier source) {
        long[] values = new long[count];
        Arrays.setAll(values, i -> source.getAsLong());
        return values;
    }
}

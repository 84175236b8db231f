package org.privateevolution.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EvenDrawTest {

    private static int[] copies(int[] drawn, int points) {
        int[] copies = new int[points];
        for (int i : drawn) {
            copies[i]++;
        }
        return copies;
    }

    private static double[] weights(RandomGenerator random, int points) {
        // Heavy tails, and a third of the points without weight.
        return random.doubles(points)
                .map(u -> u < 1 / 3.0 ? 0 : Math.pow(u, -3))
                .toArray();
    }

    @Test
    void noPointIsOffItsShareByACopyNorIsAnyRunOfPoints() {
        RandomGenerator random = new Random(1);
        for (int count : new int[] {1, 7, 101, 1009}) {
            double[] weights = weights(random, 97);
            double sum = Arrays.stream(weights).sum();
            int[] copies = copies(EvenDraw.of(weights, count, random), 97);
            assertThat(Arrays.stream(copies).sum()).isEqualTo(count);
            for (int from = 0; from < 97; from++) {
                double expected = 0;
                int found = 0;
                for (int to = from; to < 97; to++) {
                    expected += weights[to] / sum * count;
                    found += copies[to];
                    assertThat((double) found).isCloseTo(expected, within(1 + 1e-9));
                }
            }
        }
    }

    @Test
    void independentDrawsWouldBeFurtherOff() {
        RandomGenerator random = new Random(2);
        double[] weights = new double[10];
        Arrays.fill(weights, 1);
        int[] copies = copies(random.ints(1000, 0, 10).toArray(), 10);
        assertThat(Arrays.stream(copies).map(c -> Math.abs(c - 100)).max().orElseThrow())
                .isGreaterThan(1);
        assertThat(copies(EvenDraw.of(weights, 1000, random), 10)).containsOnly(100);
    }

    @Test
    void eachPointIsDrawnInProportionToItsWeightOnAverage() {
        double[] weights = {0.3, 0, 2.2, 1.1, 0.4};
        int draws = 20_000;
        double[] mean = new double[5];
        RandomGenerator random = new Random(3);
        for (int n = 0; n < draws; n++) {
            for (int i : EvenDraw.of(weights, 3, random)) {
                mean[i] += 1.0 / draws;
            }
        }
        // A number of copies varies by at most 1/2, so by 0.0036 in the mean; 6 of them fail by chance once in 10^8.
        for (int i = 0; i < 5; i++) {
            assertThat(mean[i]).isCloseTo(3 * weights[i] / 4, within(0.022));
        }
        assertThat(mean[1]).isZero();
    }

    @Test
    void equalSeedsDrawEqualPoints() {
        double[] weights = weights(new Random(4), 50);
        assertThat(EvenDraw.of(weights, 20, new Random(5))).isEqualTo(EvenDraw.of(weights, 20, new Random(5)));
    }

    @Test
    void distinctDrawsRepeatNoPointWhileThereAreEnough() {
        RandomGenerator random = new Random(6);
        for (int n = 0; n < 500; n++) {
            double[] weights = weights(random, 60);
            int usable = (int) Arrays.stream(weights).filter(w -> w > 0).count();
            int count = 1 + random.nextInt(3 * usable);
            int cap = (count + usable - 1) / usable;
            int[] copies = copies(EvenDraw.distinct(weights, count, random), 60);
            assertThat(Arrays.stream(copies).sum()).isEqualTo(count);
            assertThat(Arrays.stream(copies).max().orElseThrow()).isLessThanOrEqualTo(cap);
            for (int i = 0; i < 60; i++) {
                assertThat(weights[i] > 0 || copies[i] == 0).isTrue();
            }
        }
    }

    @Test
    void distinctDrawsOfAllPointsAreAllPoints() {
        assertThat(EvenDraw.distinct(new double[] {1e-12, 5, 0, 1e12}, 3, new Random(7)))
                .containsExactly(0, 1, 3);
    }

    @Test
    void expectedCopiesAreProportionalBelowTheCapAndSumToTheCount() {
        double[] weights = {100, 4, 2, 1, 1, 0};
        assertThat(EvenDraw.expectedCopies(weights, 3))
                .containsExactly(new double[] {1, 1, .5, .25, .25, 0}, within(1e-12));
    }

    @Test
    void expectedCopiesDivergeLeastFromTheSharesWithinTheCap() {
        double[] weights = {5, 1, .5, .2};
        double[] best = EvenDraw.expectedCopies(weights, 2);
        RandomGenerator random = new Random(8);
        for (int n = 0; n < 1000; n++) {
            int from = random.nextInt(4);
            int to = random.nextInt(4);
            double moved = Math.min(best[from], Math.min(1 - best[to], random.nextDouble() * 0.1));
            double[] other = best.clone();
            other[from] -= moved;
            other[to] += moved;
            assertThat(divergence(other, weights)).isGreaterThanOrEqualTo(divergence(best, weights) - 1e-12);
        }
    }

    private static double divergence(double[] copies, double[] weights) {
        double divergence = 0;
        for (int i = 0; i < copies.length; i++) {
            divergence += copies[i] == 0 ? 0 : copies[i] * Math.log(copies[i] / weights[i]);
        }
        return divergence;
    }

    @Test
    void nothingCanBeDrawnWithoutWeight() {
        assertThatThrownBy(() -> EvenDraw.of(new double[2], 1, new Random(9))).hasMessageContaining("sum to 0.0");
        assertThatThrownBy(() -> EvenDraw.distinct(new double[] {1, Double.NaN}, 1, new Random(9)))
                .hasMessageContaining("point 1 has the weight NaN");
        assertThat(EvenDraw.of(new double[] {1}, 0, new Random(9))).isEmpty();
    }
}

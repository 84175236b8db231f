package org.privateevolution.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.privateevolution.estimate.Problems.cells;
import static org.privateevolution.estimate.Problems.ones;
import static org.privateevolution.estimate.Problems.uniform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise and counts of any size, and pools that change between fits. */
class EstimatorRangeTest {

    private static final int LABELS = 3;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void warmFitsOnChangingPoolsAreFiniteWhateverNoiseAndCounts(long seed) {
        RandomGenerator random = new Random(seed);
        for (int n = 0; n < 150; n++) {
            List<Total> totals = new ArrayList<>();
            for (int label = 0; label < LABELS; label++) {
                totals.add(total(random));
            }
            int[] cellsOf = random.ints(6, 1, 12).toArray();
            double[][] counts = new double[cellsOf.length][];
            Arrays.setAll(counts, r -> counts(random, cellsOf[r]));
            double[] sigmas = random.doubles(cellsOf.length, -6, 6)
                    .map(power -> Math.pow(10, power))
                    .toArray();
            Tolerance tolerance = new Tolerance(Math.pow(10, -1 - random.nextInt(5)), random.nextInt(60));
            boolean freeScales = n % 5 == 0 && totals.stream().noneMatch(Total.Free.class::isInstance);
            Duals duals = Duals.none();
            for (int fit = 2; fit <= cellsOf.length; fit++) {
                Points pool = pool(random, totals);
                List<ReleasedCounts> releases = new ArrayList<>();
                for (int r = 0; r < fit; r++) {
                    Partition partition = partition(random, pool.size(), cellsOf[r]);
                    releases.add(
                            freeScales && r % 2 == 1
                                    ? ReleasedCounts.ofFreeScale(partition, counts[r], sigmas[r])
                                    : ReleasedCounts.of(partition, counts[r], sigmas[r]));
                }
                Estimate estimate = Estimator.explain(pool, releases, duals, tolerance);
                assertSound(pool, estimate, tolerance, "problem " + n + ", fit " + fit + ": " + estimate);
                assertThat(Estimator.explain(pool, releases, duals, tolerance).weights())
                        .containsExactly(estimate.weights());
                duals = estimate.duals();
            }
        }
    }

    private static void assertSound(Points pool, Estimate estimate, Tolerance tolerance, String problem) {
        double[] weights = estimate.weights();
        assertThat(Arrays.stream(weights))
                .as(problem)
                .allMatch(weight -> weight >= 0 && weight < Double.POSITIVE_INFINITY);
        double[] sums = pool.sums(weights);
        for (int label = 0; label < LABELS; label++) {
            if (pool.total(label) instanceof Total.Known known) {
                assertThat(sums[label]).as(problem).isCloseTo(known.sum(), within(1e-9 * known.sum()));
            }
        }
        assertThat(DoubleStream.of(estimate.gap(), estimate.objective(), estimate.drift()))
                .as(problem)
                .allMatch(Double::isFinite);
        for (double[] values : estimate.duals().releases()) {
            assertThat(Arrays.stream(values)).as(problem).allMatch(value -> Math.abs(value) <= 1e10);
        }
        if (estimate.converged()) {
            assertThat(estimate.distanceBound()).as(problem).isLessThanOrEqualTo(tolerance.distance());
        }
    }

    private static Total total(RandomGenerator random) {
        double size = Math.pow(10, random.nextInt(7));
        return switch (random.nextInt(4)) {
            case 0 -> new Total.Known(random.nextInt(4) == 0 ? 0 : size);
            case 1 -> new Total.Noisy(size * (random.nextDouble() - 0.3), Math.pow(10, random.nextDouble(-6, 6)));
            default -> new Total.Free();
        };
    }

    /** Of either sign, from 0 to ten millions, often contradictory. */
    private static double[] counts(RandomGenerator random, int cells) {
        double size = Math.pow(10, random.nextDouble(0, 7));
        return random.doubles(cells, -0.5, 1)
                .map(count -> random.nextInt(4) == 0 ? 0 : count * size)
                .toArray();
    }

    /** From one point a label up, so that many cells are empty or have one point. */
    private static Points pool(RandomGenerator random, List<Total> totals) {
        int size = LABELS + random.nextInt(60);
        int[] labels = random.ints(size, 0, LABELS).toArray();
        for (int label = 0; label < LABELS; label++) {
            labels[label] = label;
        }
        double[] prior = uniform(random, size);
        for (int i = LABELS; i < size; i++) {
            prior[i] = random.nextInt(10) == 0 ? 0 : Math.pow(10, -30 * Math.pow(prior[i], 4));
        }
        return Points.of(prior, labels, totals);
    }

    private static Partition partition(RandomGenerator random, int points, int cells) {
        return switch (random.nextInt(3)) {
            case 0 -> Partition.of(cells, cells(random, points, cells));
            case 1 -> Partition.ofNeighbors(cells, 3, cells(random, 3 * points, cells));
            default -> Partition.ofShares(cells, 2, cells(random, 2 * points, cells), uniform(random, 2 * points));
        };
    }

    /** One release says 100 of a cell, the other 200, both as good as without noise. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-3, 0.1})
    void contradictoryCountsSettleInTheMiddle(double sigma) {
        Partition partition = Partition.of(2, new int[] {0, 0, 1, 1});
        Estimate estimate = Estimator.explain(
                Points.of(ones(4), new Total.Free()),
                List.of(
                        ReleasedCounts.of(partition, new double[] {100, 200}, sigma),
                        ReleasedCounts.of(partition, new double[] {200, 100}, sigma)),
                Duals.none(),
                Tolerance.DEFAULT);
        assertThat(estimate.converged()).as(estimate.toString()).isTrue();
        assertThat(estimate.weights()).containsExactly(new double[] {75, 75, 75, 75}, within(1.0));
    }

    @Test
    void contradictoryCountsThatDoNotSettleInTimeSaySo() {
        Partition partition = Partition.of(2, new int[] {0, 1});
        Estimate estimate = Estimator.explain(
                Points.of(ones(2), new Total.Known(1000)),
                List.of(
                        ReleasedCounts.of(partition, new double[] {1e6, -1e6}, 1e-6),
                        ReleasedCounts.of(partition, new double[] {-1e6, 1e6}, 1e-6),
                        ReleasedCounts.of(partition, new double[] {100, 300}, 1e-6)),
                Duals.none(),
                new Tolerance(1e-6, 3));
        assertThat(estimate.converged()).isFalse();
        assertThat(Arrays.stream(estimate.weights()).sum()).isCloseTo(1000, within(1e-6));
        assertThat(estimate.gap()).isFinite();
    }

    /**
     * The previous fit pushed a cell's dual to the limit, because one point could not be in two places; the next pool
     * has points.
     */
    @Test
    void dualsThatMisleadOnAnotherPoolAreNoStart() {
        double[] counts = {500, 500};
        Points one = Points.of(ones(1), new Total.Known(1000));
        Duals duals = Estimator.explain(
                        one,
                        List.of(
                                ReleasedCounts.of(Partition.of(2, new int[] {0}), counts, 1e-3),
                                ReleasedCounts.of(Partition.of(2, new int[] {1}), counts, 1e-3)),
                        Duals.none(),
                        Tolerance.DEFAULT)
                .duals();
        RandomGenerator random = new Random(3);
        Points pool = Points.of(ones(100), new Total.Known(1000));
        List<ReleasedCounts> releases = List.of(
                ReleasedCounts.of(Partition.of(2, random.ints(100, 0, 2).toArray()), counts, 1e-3),
                ReleasedCounts.of(Partition.of(2, random.ints(100, 0, 2).toArray()), counts, 1e-3));
        Estimate warm = Estimator.explain(pool, releases, duals, Tolerance.DEFAULT);
        assertThat(warm.converged()).isTrue();
        assertThat(warm.sweeps()).isLessThan(50);
        for (ReleasedCounts release : releases) {
            assertThat(warm.predicted(release.partition())).containsExactly(counts, within(5.0));
        }
    }

    @Test
    void cellsThatThePoolLeavesEmptyKeepTheirDualsForTheNextPool() {
        Duals before = Duals.of(List.of(new double[] {-0.1, 0.7, 0.1}), new double[1], new double[] {30});
        Estimate estimate = Estimator.explain(
                Points.of(ones(2), new Total.Known(30)),
                List.of(ReleasedCounts.of(Partition.of(3, new int[] {0, 2}), new double[] {12, 40, 18}, 2)),
                before,
                Tolerance.DEFAULT);
        assertThat(estimate.duals().releases().get(0)[1]).isEqualTo(0.7);
    }

    @Test
    void ordinaryNoiseIsTakenAsItIsAndTinyNoiseAsTheToleranceAllows() {
        Partition partition = Partition.of(2, new int[] {0, 1});
        double[] counts = {100, 300};
        assertThat(Fineness.of(ReleasedCounts.of(partition, counts, 3), 400, 5e-3)
                        .variance(1))
                .isEqualTo(9);
        assertThat(Fineness.of(ReleasedCounts.of(partition, counts, 1e-6), 400, 0.02)
                        .variance(1))
                .isCloseTo(0.01 * 200, within(1e-12));
        assertThat(Fineness.of(ReleasedCounts.of(partition, new double[] {-1e6, 0}, 1e-6), 400, 0.02)
                        .variance(1))
                .as("negative counts ask for no more than digits")
                .isCloseTo(1e-4, within(1e-12));
    }

    @Test
    void aStepFromTheLogarithmOfASumIsThatFromTheSumAndGoesOnBeyondItsRange() {
        for (double logSum : new double[] {-550, -30, 0, 30}) {
            assertThat(DualStep.ofLogarithm(logSum, 100, 0.5)).isEqualTo(DualStep.of(Math.exp(logSum), 100, 0.5));
        }
        // The sum e^-10^6 grows to nearly 100: sum e^t + kappa t = 100.
        double step = DualStep.ofLogarithm(-1e6, 100, 1e-5);
        assertThat(Math.exp(step - 1e6) + 1e-5 * step).isCloseTo(100, within(1e-6));
        // The sum e^700 falls to 100.
        assertThat(DualStep.ofLogarithm(700, 100, 1e-5)).isCloseTo(Math.log(100) - 700, within(1e-3));
    }

    @Test
    void logarithmsOfSumsAreThoseOfTheSums() {
        RandomGenerator random = new Random(4);
        double[] weights = uniform(random, 40);
        weights[3] = 0;
        double[] logs = Arrays.stream(weights).map(Math::log).toArray();
        for (int n = 0; n < 6; n++) {
            Partition partition = partition(random, 40, 5);
            double[] logSums = new double[6];
            partition.logSums(logs, logSums);
            double[] sums = partition.sums(weights);
            for (int cell = 0; cell < 5; cell++) {
                assertThat(Math.exp(logSums[cell])).isCloseTo(sums[cell], within(1e-12));
            }
            double[] shifted = Arrays.stream(logs).map(log -> log - 1e5).toArray();
            double[] shiftedSums = new double[6];
            partition.logSums(shifted, shiftedSums);
            for (int cell = 0; cell < 5; cell++) {
                assertThat(shiftedSums[cell] + 1e5).isCloseTo(logSums[cell], within(1e-9));
            }
        }
        double[] empty = new double[6];
        Partition.of(5, IntStream.range(0, 40).map(i -> 1).toArray()).logSums(logs, empty);
        assertThat(empty[0]).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void countsAndTotalsWhoseSquaresOverflowAreRefused() {
        Partition partition = Partition.of(1, new int[] {0});
        assertThatThrownBy(() -> ReleasedCounts.of(partition, new double[] {1e101}, 1))
                .hasMessageContaining("count of cell 0 is 1.0E101");
        assertThatThrownBy(() -> new Total.Known(1e101)).hasMessageContaining("1.0E101");
        assertThatThrownBy(() -> new Total.Noisy(-1e101, 1)).hasMessageContaining("-1.0E101");
    }
}

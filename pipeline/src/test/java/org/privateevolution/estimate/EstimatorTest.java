package org.privateevolution.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.privateevolution.estimate.Problems.EXACT;
import static org.privateevolution.estimate.Problems.explain;
import static org.privateevolution.estimate.Problems.ones;
import static org.privateevolution.estimate.Problems.uniform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimatorTest {

    private static final Offset<Double> NEAR = within(1e-6);

    private static RandomGenerator random(long seed) {
        return new Random(seed);
    }

    @Test
    void withoutReleasesTheWeightsAreThePriorScaledToTheTotal() {
        Estimate estimate = explain(Points.of(new double[] {1, 3, 0}, new Total.Known(20)));
        assertThat(estimate.weights()).containsExactly(new double[] {5, 15, 0}, NEAR);
        assertThat(estimate.objective()).isCloseTo(0, NEAR);
        assertThat(estimate.sweeps()).isZero();
        assertThat(estimate.converged()).isTrue();
    }

    @Test
    void aSingleReleaseSolvesOneEquationACell() {
        // w_c = q_c exp(mu + (y_c - w_c) / sigma^2) with the sum known: checked in each cell by the ratio to the first.
        double sigma = 3;
        double[] counts = {40, 10, -5};
        Estimate estimate = explain(
                Points.of(new double[] {1, 1, 2, 4}, new Total.Known(60)),
                ReleasedCounts.of(Partition.of(3, new int[] {0, 1, 1, 2}), counts, sigma));
        double[] w = estimate.weights();
        double[] cells = {w[0], w[1] + w[2], w[3]};
        double[] prior = {1, 3, 4};
        double mu = Math.log(cells[0] / prior[0]) - (counts[0] - cells[0]) / 9;
        for (int c = 1; c < 3; c++) {
            assertThat(Math.log(cells[c] / prior[c]) - (counts[c] - cells[c]) / 9)
                    .isCloseTo(mu, NEAR);
        }
        assertThat(w[2]).as("two points of one cell keep the prior's ratio").isCloseTo(2 * w[1], NEAR);
        assertThat(Arrays.stream(w).sum()).isCloseTo(60, NEAR);
    }

    @Test
    void ofTwoNestedExactPartitionsTheFinerOneDecidesAndTheRestKeepsThePrior() {
        Points points = Points.of(new double[] {1, 2, 3, 1, 1}, new Total.Known(100));
        Estimate estimate = explain(
                points,
                ReleasedCounts.of(Partition.of(2, new int[] {0, 0, 0, 1, 1}), new double[] {60, 40}, 1e-3),
                ReleasedCounts.of(Partition.of(3, new int[] {0, 0, 1, 2, 2}), new double[] {15, 45, 40}, 1e-3));
        assertThat(estimate.weights()).containsExactly(new double[] {5, 10, 45, 20, 20}, within(1e-4));
    }

    @Test
    void exactMarginalsGiveIterativeProportionalFitting() {
        double[] prior = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};
        double[] rows = {30, 50, 20};
        double[] columns = {10, 20, 30, 40};
        double[] expected = prior.clone();
        for (int n = 0; n < 10_000; n++) {
            fit(expected, rows, i -> i / 4);
            fit(expected, columns, i -> i % 4);
        }
        Estimate estimate = explain(
                Points.of(prior, new Total.Known(100)),
                ReleasedCounts.of(
                        Partition.of(3, IntStream.range(0, 12).map(i -> i / 4).toArray()), rows, 1e-3),
                ReleasedCounts.of(
                        Partition.of(4, IntStream.range(0, 12).map(i -> i % 4).toArray()), columns, 1e-3));
        assertThat(estimate.weights()).containsExactly(expected, within(1e-4));
    }

    private static void fit(double[] weights, double[] sums, java.util.function.IntUnaryOperator cellOf) {
        double[] found = new double[sums.length];
        for (int i = 0; i < weights.length; i++) {
            found[cellOf.applyAsInt(i)] += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= sums[cellOf.applyAsInt(i)] / found[cellOf.applyAsInt(i)];
        }
    }

    @Test
    void independentMarginalsOfAUniformPoolGiveTheirProduct() {
        Estimate estimate = explain(
                Points.of(ones(4), new Total.Known(1000)),
                ReleasedCounts.of(Partition.of(2, new int[] {0, 0, 1, 1}), new double[] {300, 700}, 1e-3),
                ReleasedCounts.of(Partition.of(2, new int[] {0, 1, 0, 1}), new double[] {100, 900}, 1e-3));
        assertThat(estimate.weights()).containsExactly(new double[] {30, 270, 70, 630}, within(1e-3));
    }

    /** Independent of the dual: no weighting on a grid around the answer, nor far from it, has a lower objective. */
    @Test
    void noWeightingOfFourPointsIsBetter() {
        RandomGenerator random = random(5);
        for (int n = 0; n < 30; n++) {
            Points points = Points.of(uniform(random, 4), new Total.Known(20));
            List<ReleasedCounts> releases = Problems.random(random, 4, 1 + n % 4, 20, false);
            Estimate estimate = Estimator.explain(points, releases, Duals.none(), EXACT);
            double best = Double.POSITIVE_INFINITY;
            int steps = 24;
            for (int a = 0; a <= steps; a++) {
                for (int b = 0; a + b <= steps; b++) {
                    for (int c = 0; a + b + c <= steps; c++) {
                        double unit = 20.0 / steps;
                        double[] w = {a * unit, b * unit, c * unit, (steps - a - b - c) * unit};
                        best = Math.min(best, Problems.objective(points, releases, estimate.scales(), w));
                        for (int i = 0; i < 4; i++) {
                            w[i] = estimate.weights()[i] + (w[i] - estimate.weights()[i]) * 1e-3;
                        }
                        best = Math.min(best, Problems.objective(points, releases, estimate.scales(), w));
                    }
                }
            }
            assertThat(estimate.objective())
                    .isCloseTo(
                            Problems.objective(points, releases, estimate.scales(), estimate.weights()),
                            within(1e-9 * (1 + estimate.objective())));
            assertThat(estimate.objective()).isLessThanOrEqualTo(best + 1e-9);
        }
    }

    @Test
    void theConditionsOfTheOptimumHoldInRandomProblemsOfEveryKind() {
        RandomGenerator random = random(6);
        for (int n = 0; n < 200; n++) {
            int size = 5 + random.nextInt(30);
            int[] labels = random.ints(size, 0, 3).toArray();
            labels[0] = 0;
            labels[1] = 1;
            labels[2] = 2;
            Points points = Points.of(
                    uniform(random, size),
                    labels,
                    List.of(
                            new Total.Known(50),
                            new Total.Noisy(70, 15),
                            n % 2 == 0 ? new Total.Free() : new Total.Known(1)));
            List<ReleasedCounts> releases = Problems.random(random, size, 1 + n % 7, 40, false);
            Estimate estimate = Estimator.explain(points, releases, Duals.none(), EXACT);
            assertThat(estimate.converged()).as("problem %s: %s", n, estimate).isTrue();
            assertStationary(points, releases, estimate, 1e-4);
        }
    }

    /** For a known total the gradient is one constant for all points of the label; otherwise it is 0. */
    private static void assertStationary(
            Points points, List<ReleasedCounts> releases, Estimate estimate, double within) {
        double[] w = estimate.weights();
        double[] gradient = Problems.gradient(points, releases, estimate.scales(), w);
        double[] sums = points.sums(w);
        double[] weighted = new double[w.length];
        Arrays.setAll(weighted, i -> w[i] > 0 ? w[i] * gradient[i] : 0);
        double[] means = points.sums(weighted);
        for (int i = 0; i < w.length; i++) {
            int label = points.label(i);
            double constant = points.total(label) instanceof Total.Known ? means[label] / sums[label] : 0;
            if (w[i] > 1e-3) {
                double allowed = within + 2 * estimate.drift() / sums[label];
                assertThat(gradient[i] - constant)
                        .as("point %s of label %s", i, label)
                        .isCloseTo(0, within(allowed));
            }
        }
    }

    @Test
    void aWeightingThatIsNotOptimalFailsThoseConditions() {
        Points points = Points.of(ones(3), new Total.Known(30));
        List<ReleasedCounts> releases =
                List.of(ReleasedCounts.of(Partition.of(3, new int[] {0, 1, 2}), new double[] {20, 10, 0}, 2));
        Estimate prior = Estimator.explain(points, releases, Duals.none(), new Tolerance(1e-9, 0));
        assertThat(prior.converged()).isFalse();
        assertThatThrownBy(() -> assertStationary(points, releases, prior, 1e-3))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void agreesWithAnotherAlgorithmInAnotherLanguage() throws IOException {
        JsonNode problems = new ObjectMapper().readTree(EstimatorTest.class.getResource("explained.json"));
        assertThat(problems).hasSize(4);
        for (JsonNode problem : problems) {
            List<ReleasedCounts> releases = new ArrayList<>();
            for (JsonNode release : problem.get("releases")) {
                double[] counts = doubles(release.get("counts"));
                int[] cells = Arrays.stream(doubles(release.get("cells")))
                        .mapToInt(c -> (int) c)
                        .toArray();
                releases.add(ReleasedCounts.of(
                        Partition.of(counts.length, cells),
                        counts,
                        release.get("sigma").asDouble()));
            }
            double total = problem.get("total").asDouble();
            Estimate estimate = Estimator.explain(
                    Points.of(doubles(problem.get("prior")), new Total.Known(total)), releases, Duals.none(), EXACT);
            assertThat(estimate.weights()).containsExactly(doubles(problem.get("weights")), within(1e-6 * total));
        }
    }

    private static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        Arrays.setAll(values, i -> array.get(i).asDouble());
        return values;
    }

    @Test
    void theGapBoundsBothTheObjectiveAndTheDistanceFromTheOptimum() {
        RandomGenerator random = random(8);
        for (int n = 0; n < 40; n++) {
            Points points = Points.of(uniform(random, 25), new Total.Known(80));
            List<ReleasedCounts> releases = Problems.random(random, 25, 5, 40, false);
            Estimate best = Estimator.explain(points, releases, Duals.none(), EXACT);
            for (int sweeps : new int[] {1, 2, 5}) {
                Estimate early = Estimator.explain(points, releases, Duals.none(), new Tolerance(1e-9, sweeps));
                double distance = IntStream.range(0, 25)
                                .mapToDouble(i -> Math.abs(early.weights()[i] - best.weights()[i]))
                                .sum()
                        / (2 * 80);
                assertThat(early.objective() - best.objective()).isBetween(-1e-6, early.gap() + 1e-6);
                assertThat(distance).isLessThanOrEqualTo(early.distanceBound() + 1e-8);
            }
        }
    }

    @Test
    void eachSweepRaisesTheDual() {
        RandomGenerator random = random(9);
        for (int n = 0; n < 20; n++) {
            Points points = Points.of(uniform(random, 25), new Total.Known(80));
            List<ReleasedCounts> releases = Problems.random(random, 25, 6, 40, false);
            double before = Double.NEGATIVE_INFINITY;
            for (int sweeps = 0; sweeps < 12; sweeps++) {
                Estimate estimate = Estimator.explain(points, releases, Duals.none(), new Tolerance(1e-12, sweeps));
                double dual = estimate.objective() - estimate.gap() - emptyCells(releases, estimate);
                assertThat(dual).isGreaterThanOrEqualTo(before - 1e-7 * Math.max(1, Math.abs(before)));
                before = dual;
            }
        }
    }

    private static double emptyCells(List<ReleasedCounts> releases, Estimate estimate) {
        double constant = 0;
        for (ReleasedCounts release : releases) {
            double[] predicted = estimate.predicted(release.partition());
            for (int cell = 0; cell < predicted.length; cell++) {
                constant += predicted[cell] > 0 ? 0 : Math.pow(release.count(cell) / release.sigma(), 2) / 2;
            }
        }
        return constant;
    }

    @Test
    void orderOfPointsAndReleasesDoesNotMatter() {
        RandomGenerator random = random(10);
        int size = 31;
        double[] prior = uniform(random, size);
        List<int[]> cells = new ArrayList<>();
        List<ReleasedCounts> releases = new ArrayList<>();
        for (int r = 0; r < 5; r++) {
            cells.add(Problems.cells(random, size, 6));
            releases.add(ReleasedCounts.of(
                    Partition.of(6, cells.get(r)), random.doubles(6, -5, 40).toArray(), 1 + r));
        }
        double[] weights = Estimator.explain(Points.of(prior, new Total.Known(100)), releases, Duals.none(), EXACT)
                .weights();
        List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(order, new Random(1));
        List<ReleasedCounts> permuted = new ArrayList<>();
        for (int r = 4; r >= 0; r--) {
            int[] of = cells.get(r);
            permuted.add(ReleasedCounts.of(
                    Partition.of(6, order.stream().mapToInt(i -> of[i]).toArray()),
                    releases.get(r).counts(),
                    releases.get(r).sigma()));
        }
        double[] found = Estimator.explain(
                        Points.of(order.stream().mapToDouble(i -> prior[i]).toArray(), new Total.Known(100)),
                        permuted,
                        Duals.none(),
                        EXACT)
                .weights();
        for (int i = 0; i < size; i++) {
            assertThat(found[i]).isCloseTo(weights[order.get(i)], NEAR);
        }
    }

    @Test
    void twoEqualPointsAreOneWithBothPriors() {
        ReleasedCounts apart = ReleasedCounts.of(Partition.of(2, new int[] {0, 0, 1}), new double[] {30, 5}, 4);
        ReleasedCounts merged = ReleasedCounts.of(Partition.of(2, new int[] {0, 1}), new double[] {30, 5}, 4);
        double[] three = explain(Points.of(new double[] {1, 3, 2}, new Total.Known(40)), apart)
                .weights();
        double[] two = explain(Points.of(new double[] {4, 2}, new Total.Known(40)), merged)
                .weights();
        assertThat(three).containsExactly(new double[] {two[0] / 4, two[0] * 3 / 4, two[1]}, NEAR);
    }

    @Test
    void onlyRatiosOfPriorWeightsMatterHoweverLargeOrSmall() {
        ReleasedCounts release = ReleasedCounts.of(Partition.of(2, new int[] {0, 1, 1}), new double[] {30, 5}, 4);
        double[] weights = explain(Points.of(new double[] {1, 3, 2}, new Total.Known(40)), release)
                .weights();
        for (double factor : new double[] {1e-300, 1e-9, 1e9, 1e300}) {
            double[] prior = {factor, 3 * factor, 2 * factor};
            assertThat(explain(Points.of(prior, new Total.Known(40)), release).weights())
                    .containsExactly(weights, NEAR);
        }
    }

    @Test
    void noiseBeyondAllCountsLeavesThePriorAndHardlyAnyNoiseTheCounts() {
        Points points = Points.of(new double[] {1, 1, 2}, new Total.Known(40));
        Partition partition = Partition.of(3, new int[] {0, 1, 2});
        double[] counts = {30, 10, 0};
        assertThat(explain(points, ReleasedCounts.of(partition, counts, 1e6)).weights())
                .containsExactly(new double[] {10, 10, 20}, within(1e-4));
        assertThat(explain(points, ReleasedCounts.of(partition, counts, 1e-3)).weights())
                .containsExactly(new double[] {30, 10, 0}, within(1e-3));
    }

    @Test
    void veryNegativeCountsEmptyTheirCellsAndNothingElse() {
        Points points = Points.of(ones(4), new Total.Known(30));
        for (double sigma : new double[] {1e-3, 1}) {
            Estimate estimate = Estimator.explain(
                    points,
                    List.of(ReleasedCounts.of(
                            Partition.of(3, new int[] {0, 1, 1, 2}), new double[] {-1e6, 10, 20}, sigma)),
                    Duals.none(),
                    Tolerance.DEFAULT);
            assertThat(estimate.converged()).isTrue();
            assertThat(estimate.weights()).doesNotContain(Double.NaN);
            assertThat(estimate.weights()[0]).isCloseTo(0, NEAR);
            assertThat(estimate.weights()[3]).isCloseTo(20, within(1.0));
        }
    }

    @Test
    void aLabelWhosePointsAllLieInEmptiedCellsStillHasItsTotal() {
        Estimate estimate = explain(
                Points.of(new double[] {1, 3}, new Total.Known(10)),
                ReleasedCounts.of(Partition.of(1, new int[] {0, 0}), new double[] {-1e5}, 1e-3));
        assertThat(estimate.weights()).containsExactly(new double[] {2.5, 7.5}, NEAR);
    }

    @Test
    void cellsWithoutPointsAndPointsWithoutPriorChangeNothing() {
        Points points = Points.of(new double[] {1, 0, 2}, new Total.Known(9));
        Estimate with = explain(
                points, ReleasedCounts.of(Partition.of(4, new int[] {0, 1, 3}), new double[] {5, 700, -80, 1}, 2));
        Estimate without = explain(
                Points.of(new double[] {1, 2}, new Total.Known(9)),
                ReleasedCounts.of(Partition.of(2, new int[] {0, 1}), new double[] {5, 1}, 2));
        assertThat(with.weights()).containsExactly(new double[] {without.weights()[0], 0, without.weights()[1]}, NEAR);
        assertThat(with.objective() - without.objective()).isCloseTo((700 * 700 + 80 * 80) / 8.0, NEAR);
        assertThat(with.gap()).isLessThan(1e-9);
    }

    @Test
    void contradictionsThatAreLargeBesideTheNoiseStayFiniteAndSayWhetherTheyConverged() {
        Points points = Points.of(ones(3), new Total.Known(200));
        Estimate estimate = Estimator.explain(
                points,
                List.of(
                        ReleasedCounts.of(Partition.of(1, new int[] {0, -1, -1}), new double[] {100}, 1e-3),
                        ReleasedCounts.of(Partition.of(1, new int[] {0, 0, -1}), new double[] {-5}, 1e-3)),
                Duals.none(),
                new Tolerance(1e-3, 200));
        assertThat(Arrays.stream(estimate.weights()).allMatch(Double::isFinite)).isTrue();
        assertThat(Arrays.stream(estimate.weights()).sum()).isCloseTo(200, NEAR);
        assertThat(estimate.converged()).isEqualTo(estimate.distanceBound() <= 1e-3);
    }

    @Test
    void neighborsThatAreOneNeighborOrAllAlikeAreAPartition() {
        RandomGenerator random = random(12);
        Points points = Points.of(uniform(random, 20), new Total.Known(60));
        int[] cells = Problems.cells(random, 20, 5);
        double[] counts = {20, 5, 0, 9, 11};
        double[] weights = explain(points, ReleasedCounts.of(Partition.of(5, cells), counts, 3))
                .weights();
        assertThat(explain(points, ReleasedCounts.of(Partition.ofNeighbors(5, 1, cells), counts, 3))
                        .weights())
                .containsExactly(weights, NEAR);
        // Four slots of 1/2 in the same cell: twice the shares, so counts and sigma are twice as large.
        int[] four = IntStream.range(0, 80).map(slot -> cells[slot / 4]).toArray();
        double[] twice = Arrays.stream(counts).map(count -> 2 * count).toArray();
        assertThat(explain(points, ReleasedCounts.of(Partition.ofNeighbors(5, 4, four), twice, 6))
                        .weights())
                .containsExactly(weights, NEAR);
    }

    @Test
    void labelsSolvedAloneAndTogetherAreTheSame() {
        RandomGenerator random = random(13);
        int[] labels = IntStream.range(0, 24).map(i -> i % 2).toArray();
        double[] prior = uniform(random, 24);
        List<? extends Total> totals = List.of(new Total.Known(50), new Total.Noisy(90, 5));
        int[] cells = random.ints(24, 0, 4).toArray();
        double[] counts = random.doubles(8, -5, 40).toArray();
        int[] joint = IntStream.range(0, 24).map(i -> cells[i] + 4 * labels[i]).toArray();
        double[] together = Estimator.explain(
                        Points.of(prior, labels, totals),
                        List.of(ReleasedCounts.of(Partition.of(8, joint), counts, 3)),
                        Duals.none(),
                        EXACT)
                .weights();
        for (int label = 0; label < 2; label++) {
            int own = label;
            int[] of = IntStream.range(0, 24).filter(i -> labels[i] == own).toArray();
            double[] alone = explain(
                            Points.of(
                                    Arrays.stream(of).mapToDouble(i -> prior[i]).toArray(), totals.get(label)),
                            ReleasedCounts.of(
                                    Partition.of(
                                            4,
                                            Arrays.stream(of).map(i -> cells[i]).toArray()),
                                    Arrays.copyOfRange(counts, 4 * label, 4 * label + 4),
                                    3))
                    .weights();
            double[] part = Arrays.stream(of).mapToDouble(i -> together[i]).toArray();
            assertThat(part).containsExactly(alone, within(1e-5));
        }
    }

    @Test
    void binsThatDoNotKnowTheLabelTieLabels() {
        // Label 0 is known to lie at point 0; so what the bin counts beyond that is of label 1.
        Points points = Points.of(ones(4), new int[] {0, 0, 1, 1}, List.of(new Total.Known(50), new Total.Known(50)));
        Estimate estimate = explain(
                points,
                ReleasedCounts.of(Partition.of(2, new int[] {0, 1, -1, -1}), new double[] {50, 0}, 1e-2),
                ReleasedCounts.of(Partition.of(2, new int[] {0, 1, 0, 1}), new double[] {90, 10}, 1e-2));
        assertThat(estimate.weights()).containsExactly(new double[] {50, 0, 40, 10}, within(1e-1));
    }

    @Test
    void aLabelOfNoRecordsHasNoWeight() {
        Points points = Points.of(ones(3), new int[] {0, 0, 1}, List.of(new Total.Known(6), new Total.Known(0)));
        Estimate estimate =
                explain(points, ReleasedCounts.of(Partition.of(2, new int[] {0, 1, 1}), new double[] {3, 9}, 1));
        assertThat(estimate.weights()[2]).isZero();
        assertThat(Arrays.stream(estimate.weights()).sum()).isCloseTo(6, NEAR);
        assertThat(estimate.converged()).isTrue();
    }

    @Test
    void aFreeTotalIsFoundWhereItsPriorIsRight() {
        // Counts in the prior's proportions: nothing pulls the total anywhere but to their sum.
        Estimate estimate = explain(
                Points.of(new double[] {1, 2, 5}, new Total.Free()),
                ReleasedCounts.of(Partition.of(3, new int[] {0, 1, 2}), new double[] {10, 20, 50}, 2));
        assertThat(estimate.weights()).containsExactly(new double[] {10, 20, 50}, within(1e-5));
    }

    @Test
    void freeAndNoisyTotalsHaveNoBetterSum() {
        RandomGenerator random = random(14);
        for (Total total : List.of(new Total.Free(), new Total.Noisy(100, 8), new Total.Noisy(-20, 8))) {
            Points points = Points.of(uniform(random, 15), total);
            List<ReleasedCounts> releases = Problems.random(random, 15, 4, 40, false);
            Estimate estimate = Estimator.explain(points, releases, Duals.none(), EXACT);
            assertThat(estimate.converged()).isTrue();
            for (double factor : new double[] {0.9, 0.999, 1.001, 1.1}) {
                double[] other =
                        Arrays.stream(estimate.weights()).map(w -> w * factor).toArray();
                assertThat(Problems.objective(points, releases, estimate.scales(), other))
                        .isGreaterThan(estimate.objective());
            }
        }
    }

    @Test
    void countsThatDenyAllRecordsLeaveAFreeTotalAtNothing() {
        Estimate estimate = explain(
                Points.of(ones(2), new Total.Free()),
                ReleasedCounts.of(Partition.of(2, new int[] {0, 1}), new double[] {-50, -20}, 5));
        assertThat(estimate.converged()).isTrue();
        assertThat(estimate.weights()).containsExactly(new double[] {0, 0}, NEAR);
    }

    @Test
    void aFreeScaleTakesTheShapeOfCountsAndTheirUnitFromThem() {
        Points points = Points.of(ones(3), new Total.Known(1000));
        Partition partition = Partition.of(3, new int[] {0, 1, 2});
        Estimate votes = explain(points, ReleasedCounts.ofFreeScale(partition, new double[] {500, 250, 250}, 1e-3));
        assertThat(votes.weights()).containsExactly(new double[] {500, 250, 250}, within(1e-2));
        Estimate thrice = explain(points, ReleasedCounts.ofFreeScale(partition, new double[] {1500, 750, 750}, 3e-3));
        assertThat(thrice.weights()).containsExactly(votes.weights(), within(1e-4));
        assertThat(thrice.scales()[0]).isCloseTo(3, within(1e-4));
    }

    @Test
    void freeScalesEndWhereNeitherWeightsNorScalesCanBeBetter() {
        RandomGenerator random = random(15);
        for (int n = 0; n < 40; n++) {
            Points points = Points.of(uniform(random, 20), new Total.Known(100));
            List<ReleasedCounts> releases = Problems.random(random, 20, 5, 40, true);
            Estimate estimate = Estimator.explain(points, releases, Duals.none(), new Tolerance(1e-5, 20_000));
            assertThat(estimate.converged()).as("problem %s: %s", n, estimate).isTrue();
            // What a gap of 2e-8 nats leaves to five releases with shares up to 1.7 and sigma from 0.7.
            assertStationary(points, releases, estimate, 3e-3);
            for (int r = 0; r < releases.size(); r++) {
                for (double change : new double[] {-1e-3, 1e-3}) {
                    double[] scales = estimate.scales();
                    scales[r] = Math.max(0, scales[r] + change);
                    assertThat(Problems.objective(points, releases, scales, estimate.weights()))
                            .isGreaterThanOrEqualTo(estimate.objective() - 1e-9);
                }
            }
        }
    }

    @Test
    void aReleaseOfNoiseAloneFallsSilentAndLeavesTheOthersTheirSay() {
        Points points = Points.of(ones(2), new Total.Known(10));
        Partition partition = Partition.of(2, new int[] {0, 1});
        ReleasedCounts clear = ReleasedCounts.ofFreeScale(partition, new double[] {30, 10}, 1);
        Estimate alone = explain(points, clear);
        Estimate both = explain(points, clear, ReleasedCounts.ofFreeScale(partition, new double[] {-90, -80}, 1));
        assertThat(both.scales()[1]).isZero();
        assertThat(both.weights()).containsExactly(alone.weights(), NEAR);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theDualsOfTheFitBeforeLeadToTheSameWeightsSooner(boolean noisyTotal) {
        RandomGenerator random = random(16);
        Total total = noisyTotal ? new Total.Noisy(1000, 20) : new Total.Known(1000);
        Points points = Points.of(ones(300), total);
        List<ReleasedCounts> releases = new ArrayList<>();
        for (int r = 0; r < 12; r++) {
            releases.add(ReleasedCounts.of(
                    Partition.of(30, random.ints(300, 0, 30).toArray()),
                    random.doubles(30, 0, 66).toArray(),
                    6));
        }
        Tolerance fine = new Tolerance(1e-6, 10_000);
        Estimate before = Estimator.explain(points, releases.subList(0, 11), Duals.none(), fine);
        Estimate cold = Estimator.explain(points, releases, Duals.none(), fine);
        Duals kept = Duals.of(
                before.duals().releases(),
                before.duals().totals(),
                before.duals().sums());
        Estimate warm = Estimator.explain(points, releases, kept, fine);
        assertThat(warm.sweeps()).isLessThan(cold.sweeps());
        assertThat(warm.weights()).containsExactly(cold.weights(), within(2e-3));
        Estimate again = Estimator.explain(points, releases, warm.duals(), fine);
        assertThat(again.sweeps()).isZero();
        assertThat(Estimator.explain(points, releases, kept, fine).weights()).containsExactly(warm.weights());
    }

    @Test
    void dualsOfOnePoolStartTheFitOfAnother() {
        RandomGenerator random = random(17);
        double[] counts = random.doubles(10, 0, 100).toArray();
        ReleasedCounts first =
                ReleasedCounts.of(Partition.of(10, random.ints(50, 0, 10).toArray()), counts, 2);
        ReleasedCounts second =
                ReleasedCounts.of(Partition.of(10, random.ints(77, 0, 10).toArray()), counts, 2);
        Duals duals = explain(Points.of(ones(50), new Total.Known(500)), first).duals();
        Points pool = Points.of(ones(77), new Total.Known(500));
        double[] warm = Estimator.explain(pool, List.of(second), duals, EXACT).weights();
        assertThat(warm).containsExactly(explain(pool, second).weights(), NEAR);
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        Points points = Points.of(ones(2), new Total.Known(1));
        Partition three = Partition.of(2, new int[] {0, 1, 1});
        assertThatThrownBy(() -> explain(points, ReleasedCounts.of(three, new double[2], 1)))
                .hasMessageContaining("release 0 is over 3 points, the pool has 2");
        assertThatThrownBy(() -> ReleasedCounts.of(three, new double[3], 1))
                .hasMessageContaining("3 counts for 2 cells");
        assertThatThrownBy(() -> ReleasedCounts.of(three, new double[] {0, Double.NaN}, 1))
                .hasMessageContaining("cell 1 is NaN");
        assertThatThrownBy(() -> ReleasedCounts.of(three, new double[2], 0)).hasMessageContaining("sigma");
        assertThatThrownBy(() -> Partition.of(2, new int[] {0, 2})).hasMessageContaining("point 1 lies in cell 2");
        assertThatThrownBy(() -> Partition.ofShares(2, 1, new int[] {0}, new double[] {-1}))
                .hasMessageContaining("share -1.0");
        assertThatThrownBy(() -> Points.of(new double[] {0, 0}, new Total.Free()))
                .hasMessageContaining("label 0 has no point with a prior weight");
        Partition two = Partition.of(2, new int[] {0, 1});
        assertThatThrownBy(() -> explain(
                        Points.of(ones(2), new Total.Free()), ReleasedCounts.ofFreeScale(two, new double[2], 1)))
                .hasMessageContaining("give one of them");
        Duals other = Duals.of(List.of(new double[5]), new double[1], new double[1]);
        assertThatThrownBy(() ->
                        Estimator.explain(points, List.of(ReleasedCounts.of(two, new double[2], 1)), other, EXACT))
                .hasMessageContaining("5 cells of release 0, which has 2");
    }
}

package org.privateevolution.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictiveScoreTest {

    private static final Partition TWO = Partition.of(2, new int[] {0, 1});

    @Test
    void isTheLogLikelihoodOfCountsUnderNoiseAndThePoissonVarianceOfThePrediction() {
        PredictiveScore score = PredictiveScore.of(
                new double[] {7, 3}, new double[] {5, 5}, ReleasedCounts.of(TWO, new double[] {9, -1}, 2));
        assertThat(score.estimate())
                .isCloseTo(
                        -(Math.log(2 * Math.PI * 11) + 4.0 / 11 + Math.log(2 * Math.PI * 7) + 16.0 / 7) / 2,
                        within(1e-12));
        assertThat(score.prior()).isCloseTo(-(2 * Math.log(2 * Math.PI * 9) + 16.0 / 9 + 36.0 / 9) / 2, within(1e-12));
        assertThat(score.gain()).isCloseTo((score.estimate() - score.prior()) / 2, within(1e-15));
    }

    @Test
    void noPredictionBeatsTheSaturatedOne() {
        Random random = new Random(1);
        for (int n = 0; n < 300; n++) {
            double[] counts = {20 * random.nextGaussian(), 20 * random.nextGaussian()};
            ReleasedCounts release = ReleasedCounts.of(TWO, counts, 0.1 + 5 * random.nextDouble());
            double best = Double.NEGATIVE_INFINITY;
            double saturated = 0;
            for (int a = 0; a < 4000; a++) {
                double[] weights = {a * .02, a * .02};
                best = Math.max(
                        best, PredictiveScore.of(weights, weights, release).estimate());
                saturated = PredictiveScore.of(weights, weights, release).saturated();
            }
            assertThat(saturated).isGreaterThanOrEqualTo(best - 1e-12);
        }
        // One cell, the best prediction on a fine grid: the saturated one is that.
        Partition one = Partition.of(1, new int[] {0});
        ReleasedCounts release = ReleasedCounts.of(one, new double[] {6}, 2);
        double best = Double.NEGATIVE_INFINITY;
        double saturated = 0;
        for (int a = 0; a < 100_000; a++) {
            double[] weights = {a * 1e-4};
            PredictiveScore score = PredictiveScore.of(weights, weights, release);
            best = Math.max(best, score.estimate());
            saturated = score.saturated();
        }
        assertThat(saturated).isCloseTo(best, within(1e-8));
    }

    @Test
    void whoKnowsNoMoreThanThePriorGainsNothingAndWhoKnowsNoiseGainsAll() {
        ReleasedCounts release = ReleasedCounts.of(TWO, new double[] {40, 2}, 3);
        double[] prior = {21, 21};
        assertThat(PredictiveScore.of(prior, prior, release).gain()).isZero();
        assertThat(PredictiveScore.of(new double[] {40, 2}, prior, release).share())
                .isBetween(0.95, 1.0);
        assertThat(PredictiveScore.of(new double[] {2, 40}, prior, release).gain())
                .isNegative();
    }

    @Test
    void aFreeScaleIsFittedToEachPrediction() {
        PredictiveScore score = PredictiveScore.of(
                new double[] {20, 10},
                new double[] {15, 15},
                ReleasedCounts.ofFreeScale(TWO, new double[] {200, 100}, 1));
        assertThat(score.estimate())
                .isCloseTo(-(Math.log(2 * Math.PI * 2001) + Math.log(2 * Math.PI * 1001)) / 2, within(1e-9));
        assertThat(score.gain()).isPositive();
    }

    @Test
    void prefersTheEstimateThatHasSeenMore() {
        Random random = new Random(2);
        int points = 400;
        double[] truth = random.doubles(points).map(u -> Math.pow(u, 4)).toArray();
        double factor = 4000 / Arrays.stream(truth).sum();
        List<ReleasedCounts> releases = java.util.stream.Stream.generate(() -> {
                    Partition partition =
                            Partition.of(40, random.ints(points, 0, 40).toArray());
                    double[] counts = Arrays.stream(partition.sums(truth))
                            .map(count -> count * factor + 5 * random.nextGaussian())
                            .toArray();
                    return ReleasedCounts.of(partition, counts, 5);
                })
                .limit(21)
                .toList();
        Points pool = Points.of(Problems.ones(points), new Total.Known(4000));
        Estimate little = Estimator.explain(pool, releases.subList(0, 2), Duals.none(), Tolerance.DEFAULT);
        Estimate much = Estimator.explain(pool, releases.subList(0, 20), Duals.none(), Tolerance.DEFAULT);
        double[] prior = new double[points];
        Arrays.fill(prior, 10);
        double gainOfLittle =
                PredictiveScore.of(little, prior, releases.get(20)).gain();
        double gainOfMuch = PredictiveScore.of(much, prior, releases.get(20)).gain();
        assertThat(gainOfMuch).isGreaterThan(gainOfLittle + 0.1);
        assertThat(gainOfLittle).isPositive();
    }
}

package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.RunSpec.PopulationRule;
import org.privateevolution.model.RunSpec.Selection;
import org.privateevolution.model.Seed;

class SelectorTest {

    private static final double NO_THRESHOLD = Double.NaN;

    private static PopulationRule rule(Selection selection, double threshold) {
        return new PopulationRule(
                selection, Double.isNaN(threshold) ? OptionalDouble.empty() : OptionalDouble.of(threshold), 1, false);
    }

    private static Selector.Outcome select(Selection selection, double threshold, int count, double... votes) {
        return Selector.select(rule(selection, threshold), votes, count, new Seed(7).generator());
    }

    @Test
    void rankTakesTheMostVotesFirstAndTheLowestIndexOnTies() {
        Selector.Outcome outcome = select(Selection.RANK, NO_THRESHOLD, 4, 1, 5, -2, 5, 3);
        assertThat(outcome.indices()).containsExactly(1, 3, 4, 0);
        assertThat(outcome.survivors()).isEqualTo(5);
    }

    @Test
    void rankWithoutThresholdOrdersNegativeVotesToo() {
        assertThat(select(Selection.RANK, NO_THRESHOLD, 3, -3, -1, -2).indices())
                .containsExactly(1, 2, 0);
    }

    @Test
    void rankRepeatsTheSurvivorsWhenTheyAreTooFew() {
        Selector.Outcome outcome = select(Selection.RANK, 2, 5, 1, 5, 2, 3);
        assertThat(outcome.indices()).containsExactly(1, 3, 1, 3, 1);
        assertThat(outcome.survivors()).isEqualTo(2);
    }

    @Test
    void rankWithoutSurvivorsRepeatsEachCandidateAsSeldomAsPossible() {
        Selector.Outcome outcome = select(Selection.RANK, 10, 7, 1, 2, 3);
        assertThat(outcome.uniform()).isTrue();
        assertThat(outcome.indices()).hasSize(7);
        for (int candidate = 0; candidate < 3; candidate++) {
            int index = candidate;
            assertThat(Arrays.stream(outcome.indices()).filter(i -> i == index).count())
                    .isBetween(2L, 3L);
        }
    }

    @Test
    void allZeroVotesSelectUniformlyAndNeverNaN() {
        int count = 30_011;
        Selector.Outcome outcome = select(Selection.SAMPLE, 0, count, 0, 0, 0, 0, 0);
        assertThat(outcome.uniform()).isTrue();
        int[] histogram = histogram(outcome.indices(), 5);
        // Binomial(30011, 1/5): standard deviation 69; 7 of them fail by chance once in 10^11.
        for (int frequency : histogram) {
            assertThat((double) frequency).isCloseTo(count / 5.0, within(490.0));
        }
    }

    @Test
    void sampleDrawsInProportionToTheVotesAboveTheThreshold() {
        int count = 40_009;
        int[] histogram =
                histogram(select(Selection.SAMPLE, 1, count, 4, -5, 2, 1, 7).indices(), 5);
        assertThat(histogram[1]).isZero();
        assertThat(histogram[3]).isZero();
        // Weights 3, 1 and 6 of 10; binomial standard deviations below 100; 7 of them fail by chance once in 10^11.
        assertThat((double) histogram[0]).isCloseTo(count * 0.3, within(700.0));
        assertThat((double) histogram[2]).isCloseTo(count * 0.1, within(700.0));
        assertThat((double) histogram[4]).isCloseTo(count * 0.6, within(700.0));
    }

    @Test
    void sampleWithoutThresholdTreatsNegativeVotesAsNone() {
        assertThat(select(Selection.SAMPLE, NO_THRESHOLD, 101, -1, 2, -3).indices())
                .containsOnly(1)
                .hasSize(101);
    }

    @Test
    void theLastCandidateCanBeDrawnAndZeroWeightsAtTheEndCannot() {
        assertThat(select(Selection.SAMPLE, 0, 1009, 0, 0, 1).indices()).containsOnly(2);
        assertThat(select(Selection.SAMPLE, 0, 1009, 1, 0, 0).indices()).containsOnly(0);
    }

    @Test
    void equalSeedsSelectEqually() {
        double[] votes =
                IntStream.range(0, 101).mapToDouble(i -> (i * 37) % 101 - 20).toArray();
        for (Selection selection : List.of(Selection.SAMPLE, Selection.RANK)) {
            assertThat(select(selection, 0, 61, votes).indices())
                    .isEqualTo(select(selection, 0, 61, votes).indices());
        }
    }

    private static int[] histogram(int[] indices, int candidates) {
        int[] histogram = new int[candidates];
        for (int index : indices) {
            histogram[index]++;
        }
        return histogram;
    }
}

package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.privateevolution.evolution.SampleEstimate.Ballot;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.StoredImage;
import org.privateevolution.model.Text;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.vector.Metric;

/** On texts "x y" that stand at those coordinates of the plane. */
class SampleEstimateTest {

    /** Next to none, against hundreds of votes. */
    private static final double SIGMA = 0.01;

    private static final PointSearch SEARCH = new LocalSearch(Metric.L2, 2);

    private final SampleEstimate estimate = estimate(PrivacyUnit.RECORD, 1, 1);

    private static SampleEstimate estimate(PrivacyUnit unit, int labels, int neighbors) {
        return new SampleEstimate(labels, unit, SEARCH, neighbors, List.of(1.0), new Seed(3));
    }

    @Test
    void samplesWeighWhatTheirVotesSay() {
        fold(estimate, population(0, "0 0", "9 0", "9 9", "0 9"), 600, 300, 100, 0);

        Map<String, Double> weights = weights(estimate.publish(new int[] {4}));

        assertThat(weights.get("0 0")).isCloseTo(2.4, within(0.01));
        assertThat(weights.get("9 0")).isCloseTo(1.2, within(0.01));
        assertThat(weights.get("9 9")).isCloseTo(0.4, within(0.01));
        assertThat(weights.getOrDefault("0 9", 0.0)).isLessThan(0.02);
    }

    @Test
    void allVotesAreExplainedBySamplesOfAllPopulations() {
        fold(estimate, population(0, "0 0", "9 0"), 700, 300);
        fold(estimate, population(1, "0 1", "0 -1", "9 1", "9 -1"), 600, 100, 100, 200);

        Map<String, Double> weights = weights(estimate.publish(new int[] {6}));

        // The first two lie as near to one of the second vote as to another; ties go to the first.
        assertThat(weights).hasSize(6);
        double sum = weights.values().stream().mapToDouble(w -> w).sum();
        assertThat((weights.get("0 0") + weights.get("0 1")) / sum).isCloseTo(0.6, within(0.01));
        assertThat(weights.get("0 -1") / sum).isCloseTo(0.1, within(0.01));
        assertThat((weights.get("9 0") + weights.get("9 1")) / sum).isCloseTo(0.1, within(0.01));
        assertThat(weights.get("9 -1") / sum).isCloseTo(0.2, within(0.01));
        // Nothing tells them apart, so they share.
        assertThat(weights.get("0 0")).isCloseTo(weights.get("0 1"), within(1e-6));
    }

    @Test
    void aLaterVoteThatSaysLittleDoesNotEraseAnEarlierOne() {
        fold(estimate, population(0, "0 0", "9 0"), 900, 100);
        // Both lie in one cell of this one, whose noise is as large as its votes; its candidates are on the left.
        Population second = population(1, "4 50", "4 -90");
        estimate.fold(Ballot.of(second, vectors(second)), histogram(800, 400, 1_600), false);

        Map<String, Double> weights = weights(estimate.publish(new int[] {4}));

        assertThat(weights.get("9 0") / 4).isCloseTo(0.1, within(0.01));
    }

    @Test
    void aSampleThatIsMadeTwiceCountsOnce() {
        fold(estimate, population(0, "0 0", "9 0"), 500, 500);
        fold(estimate, population(1, "0 0", "9 1"), 500, 500);

        WeightedSamples published = estimate.publish(new int[] {10});

        assertThat(published.samples())
                .extracting(Sample::payload)
                .containsExactlyInAnyOrder(new Text("0 0"), new Text("9 0"), new Text("9 1"));
        // The two on the right have half of all votes together.
        assertThat(weights(published).get("0 0")).isCloseTo(1.5, within(0.01));
    }

    @Test
    void parentsAreDrawnAsOftenAsTheyWeighAndNothingIsPublishedTwice() {
        fold(estimate, population(0, "0 0", "9 0", "9 9", "0 9"), 600, 300, 100, 0);

        List<Sample> parents = estimate.parents(1, new int[] {10}).get(0);
        WeightedSamples published = estimate.publish(new int[] {3});

        assertThat(parents.stream().filter(sample -> sample.id().equals("s0.0")))
                .hasSize(6);
        assertThat(parents.stream().filter(sample -> sample.id().equals("s0.1")))
                .hasSize(3);
        assertThat(parents.stream().filter(sample -> sample.id().equals("s0.3")))
                .isEmpty();
        assertThat(published.samples())
                .extracting(Sample::payload)
                .containsExactly(new Text("0 0"), new Text("9 0"), new Text("9 9"));
        assertThat(published.weights().stream().mapToDouble(w -> w).average()).hasValueCloseTo(1.0, within(1e-9));
    }

    @Test
    void samplesAreDrawnByAPowerOfTheirWeights() {
        SampleEstimate sharp = new SampleEstimate(1, PrivacyUnit.RECORD, SEARCH, 1, List.of(2.0), new Seed(3));
        fold(sharp, population(0, "0 0", "9 0"), 300, 100);

        List<Sample> parents = sharp.parents(1, new int[] {10}).get(0);

        assertThat(parents.stream().filter(sample -> sample.id().equals("s0.0")))
                .hasSize(9);
        assertThat(weights(sharp.publish(new int[] {2})).get("0 0")).isCloseTo(1.8, within(0.01));
    }

    @Test
    void thePowerIsTheOneThatForetoldTheVotesBest() {
        // The second vote is as the first one says, or as its square does.
        assertThat(parentsOnTheLeft(700, 300)).isBetween(6L, 7L);
        assertThat(parentsOnTheLeft(845, 155)).isBetween(8L, 9L);
    }

    private static long parentsOnTheLeft(double left, double right) {
        SampleEstimate either = new SampleEstimate(1, PrivacyUnit.RECORD, SEARCH, 1, List.of(1.0, 2.0), new Seed(3));
        Population first = population(0, "0 0", "9 0");
        either.fold(Ballot.of(first, vectors(first)), histogram(10, 700, 300), false);
        assertThat(left(either.parents(1, new int[] {10}).get(0))).isBetween(6L, 7L);
        // On the same samples again, and so noisy that it moves nothing.
        either.fold(Ballot.of(first, vectors(first)), histogram(60, left, right), false);
        return left(either.parents(2, new int[] {10}).get(0));
    }

    private static long left(List<Sample> samples) {
        return samples.stream().filter(sample -> sample.id().equals("s0.0")).count();
    }

    @Test
    void asManyArePublishedAsAskedForThoughOnlyOneHasVotes() {
        fold(estimate, population(0, "0 0", "9 0", "9 9", "0 9"), 1_000_000, -90_000, -90_000, -90_000);

        assertThat(estimate.publish(new int[] {3}).samples())
                .extracting(Sample::payload)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .contains(new Text("0 0"));
    }

    @Test
    void samplesBelowTheCapCountAlike() {
        String[] places = new String[20];
        double[] votes = new double[20];
        for (int i = 0; i < places.length; i++) {
            places[i] = i + " 0";
            votes[i] = i == 0 ? 1_000 : 10 + i;
        }
        fold(estimate, population(0, places), votes);

        WeightedSamples published = estimate.publish(new int[] {5});

        // One has most of the weight, and is drawn for sure; the others were drawn in proportion to theirs.
        Map<String, Double> weights = weights(published);
        assertThat(weights).hasSize(5).containsKey("0 0");
        List<Double> others = new ArrayList<>(weights.values());
        others.remove(weights.get("0 0"));
        assertThat(Collections.max(others)).isCloseTo(Collections.min(others), within(1e-9));
        assertThat(weights.get("0 0")).isGreaterThan(10 * others.get(0));
    }

    @Test
    void aSampleLiesWhereItIsAndACandidateStandsWhereItLeads() {
        Population first = population(0, "0 0", "9 0");
        // With lookahead, each stands beside the other.
        float[] stood = {9, 1, 0, 1};
        estimate.fold(
                new Ballot(first, vectors(first), stood, List.of(), new float[0]), histogram(SIGMA, 800, 200), false);

        Map<String, Double> weights = weights(estimate.publish(new int[] {2}));

        // The votes of the first were cast from the right.
        assertThat(weights.get("9 0") / weights.get("0 0")).isCloseTo(4, within(0.1));
    }

    @Test
    void variationsThatWereMadeForLookaheadAreSamplesToo() {
        Population first = population(0, "0 0", "9 0");
        List<Sample> variations = List.of(
                new Sample("a1.c0.v0", 0, new Text("1 1"), "s0.0"), new Sample("a1.c1.v0", 0, new Text("9 0"), "s0.1"));
        float[] ofVariations = {1, 1, 9, 0};
        estimate.fold(
                new Ballot(first, vectors(first), ofVariations, variations, ofVariations),
                histogram(SIGMA, 800, 200),
                false);

        WeightedSamples published = estimate.publish(new int[] {9});

        // One of them is a candidate already.
        assertThat(weights(published)).containsOnlyKeys("0 0", "9 0", "1 1");
        assertThat(weights(published).get("9 0")).isCloseTo(0.6, within(0.02));
        assertThat(published.samples()).contains(variations.get(0));
    }

    @Test
    void ofManyCandidatesFewerVariationsAreKept() {
        assertThat(kept(8, 1_000, 1_000)).isEqualTo(8);
        // 300,000 vectors of 1,000 floats are more than 1 GiB, and 240,000 are not.
        assertThat(kept(8, 100_000, 1_000)).isZero();
        assertThat(kept(8, 40_000, 1_000)).isEqualTo(1);
        assertThat(kept(0, 1_000, 1_000)).isZero();
    }

    private static int kept(int lookahead, int samples, int dimension) {
        RunSpec.PopulationRule rule =
                new RunSpec.PopulationRule(RunSpec.Selection.ESTIMATE, OptionalDouble.empty(), 1, false);
        return SampleEstimate.variationsKept(
                new RunSpec.Evolution(
                        List.of(samples, samples, samples, 5), List.of(rule, rule, rule), 0, lookahead, false),
                dimension);
    }

    @Test
    void aVoteThatIsSharedByNeighborsIsExplainedAsOne() {
        SampleEstimate shared = estimate(PrivacyUnit.RECORD, 1, 2);
        // 300 records between the first two, 100 between the last two.
        double half = 1 / Math.sqrt(2);
        fold(shared, population(0, "0 0", "1 0", "8 0", "9 0"), 300 * half, 300 * half, 100 * half, 100 * half);

        Map<String, Double> weights = weights(shared.publish(new int[] {4}));

        assertThat((weights.get("0 0") + weights.get("1 0")) / 4).isCloseTo(0.75, within(0.01));
    }

    @Test
    void aLabelWithFewerCandidatesThanNeighborsIsExplained() {
        SampleEstimate shared = estimate(PrivacyUnit.RECORD, 1, 5);
        double third = 1 / Math.sqrt(3);
        fold(shared, population(0, "0 0", "1 0", "8 0"), 300 * third, 300 * third, 300 * third);

        assertThat(shared.publish(new int[] {9}).samples()).hasSize(3);
    }

    @Test
    void votesOfClientsMayBeOnAScaleOfTheirOwn() {
        SampleEstimate clients = estimate(PrivacyUnit.CLIENT, 1, 1);
        fold(clients, population(0, "0 0", "9 0"), 350, 150);
        fold(clients, population(1, "0 5", "0 -5"), 1_800, 200);
        SampleEstimate records = estimate(PrivacyUnit.RECORD, 1, 1);
        fold(records, population(0, "0 0", "9 0"), 700, 300);
        fold(records, population(1, "0 5", "0 -5"), 900, 100);

        Map<String, Double> found = weights(clients.publish(new int[] {4}));
        Map<String, Double> expected = weights(records.publish(new int[] {4}));

        expected.forEach((place, weight) -> assertThat(found.get(place)).isCloseTo(weight, within(0.05)));
        // What no scale explains is explained otherwise where a scale is given.
        SampleEstimate taken = estimate(PrivacyUnit.RECORD, 1, 1);
        fold(taken, population(0, "0 0", "9 0"), 350, 150);
        fold(taken, population(1, "0 5", "0 -5"), 1_800, 200);
        assertThat(weights(taken.publish(new int[] {4})).get("0 5")).isNotCloseTo(expected.get("0 5"), within(0.05));
    }

    @Test
    void labelsAreEstimatedEachByItself() {
        SampleEstimate both = estimate(PrivacyUnit.RECORD, 2, 1);
        Population population = new Population(
                0, List.of(sample("a", 0, "0 0"), sample("b", 0, "9 0"), sample("c", 1, "0 0"), sample("d", 1, "9 0")));
        fold(both, population, 900, 100, 10, 30);

        WeightedSamples published = both.publish(new int[] {2, 2});

        assertThat(published.weights().get(0)).isCloseTo(1.8, within(0.01));
        assertThat(published.weights().get(2)).isCloseTo(0.5, within(0.01));
        assertThat(published.samples()).extracting(Sample::label).containsExactly(0, 0, 1, 1);
    }

    @Test
    void whereVotesAreNothingButNoiseSamplesAreDrawnAllTheSame() {
        fold(estimate, population(0, "0 0", "9 0", "9 9"), -50, -20, -80);

        assertThat(estimate.parents(1, new int[] {6}).get(0)).hasSize(6);
        assertThat(estimate.publish(new int[] {2}).samples()).hasSize(2);
    }

    @Test
    void aLabelWithoutSamplesHasNoParents() {
        SampleEstimate both = estimate(PrivacyUnit.RECORD, 2, 1);
        fold(both, population(0, "0 0", "9 0"), 5, 6);

        assertThat(both.parents(1, new int[] {3, 3})).satisfies(parents -> {
            assertThat(parents.get(0)).hasSize(3);
            assertThat(parents.get(1)).isEmpty();
        });
        assertThat(both.publish(new int[] {2, 2}).samples()).hasSize(2);
    }

    @Test
    void theScoreTellsVotesThatWereForetoldFromOthers() {
        Population first = population(0, "0 0", "9 0");
        Population second = population(1, "1 1", "8 1");
        SampleEstimate other = estimate(PrivacyUnit.RECORD, 1, 1);
        fold(other, first, 900, 100);

        assertThat(estimate.fold(Ballot.of(first, vectors(first)), histogram(10, 900, 100), false))
                .isEmpty();
        assertThat(estimate.fold(Ballot.of(second, vectors(second)), histogram(10, 890, 110), false)
                        .orElseThrow())
                .isPositive();
        assertThat(other.fold(Ballot.of(second, vectors(second)), histogram(10, 110, 890), false)
                        .orElseThrow())
                .isNegative();
    }

    @Test
    void equalSamplesOfALabelStandInAVoteOnce() {
        Population population = new Population(
                3,
                List.of(
                        sample("a", 0, "0 0"),
                        sample("b", 0, "0 0"),
                        sample("c", 0, "1 0"),
                        sample("d", 1, "0 0"),
                        new Sample("e", 1, new StoredImage("one.png", "12"), ""),
                        new Sample("f", 1, new StoredImage("two.png", "12"), ""),
                        new Sample("g", 1, new StoredImage("three.png", "34"), "")));

        Population distinct = SampleEstimate.distinct(population);

        assertThat(distinct.iteration()).isEqualTo(3);
        assertThat(distinct.samples().stream().map(Sample::id)).containsExactly("a", "c", "d", "e", "g");
    }

    @Test
    void equalVotesGiveEqualResults() {
        SampleEstimate again = estimate(PrivacyUnit.RECORD, 1, 1);
        for (SampleEstimate each : List.of(estimate, again)) {
            fold(each, population(0, "0 0", "9 0", "3 3"), 60, 30, 20);
            fold(each, population(1, "0 1", "7 0", "4 3"), 50, 30, 30);
        }

        assertThat(again.parents(2, new int[] {5})).isEqualTo(estimate.parents(2, new int[] {5}));
        assertThat(again.publish(new int[] {4})).isEqualTo(estimate.publish(new int[] {4}));
    }

    private static void fold(SampleEstimate into, Population candidates, double... votes) {
        into.fold(Ballot.of(candidates, vectors(candidates)), histogram(SIGMA, votes), true);
    }

    private static Population population(int iteration, String... places) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            samples.add(sample("s" + iteration + "." + i, 0, places[i]));
        }
        return new Population(iteration, samples);
    }

    private static Sample sample(String id, int label, String place) {
        return new Sample(id, label, new Text(place), "");
    }

    private static float[] vectors(Population population) {
        float[] vectors = new float[2 * population.size()];
        for (int i = 0; i < population.size(); i++) {
            String[] place =
                    ((Text) population.samples().get(i).payload()).value().split(" ");
            vectors[2 * i] = Float.parseFloat(place[0]);
            vectors[2 * i + 1] = Float.parseFloat(place[1]);
        }
        return vectors;
    }

    private static NoisyHistogram histogram(double sigma, double... votes) {
        long[] grid = new long[votes.length];
        Arrays.setAll(grid, i -> Math.round(votes[i] * (1L << 30)));
        return NoisyHistogram.restored("vote", sigma, grid);
    }

    private static Map<String, Double> weights(WeightedSamples published) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int i = 0; i < published.samples().size(); i++) {
            Text text = (Text) published.samples().get(i).payload();
            weights.put(text.value(), published.weights().get(i));
        }
        return weights;
    }
}

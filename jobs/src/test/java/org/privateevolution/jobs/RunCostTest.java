package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.evolution.LabelAllocation;
import org.privateevolution.evolution.PopulationPlan;
import org.privateevolution.evolution.PopulationPlanner;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.PopulationRule;
import org.privateevolution.model.RunSpec.Published;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.Text;
import org.privateevolution.spark.vectors.ClusterEmbedder;
import org.privateevolution.spi.GenerationRequest;

class RunCostTest {

    @TempDir
    private Path folder;

    private RunSpec spec(String... overrides) {
        return RunConfiguration.load(Inputs.configuration(folder), List.of(overrides));
    }

    @Test
    void theCostOfASmallRunIsWhatAPersonCounts() {
        RunCost cost = RunCost.of(spec());

        // 3 categories, 1 number, 1 date with a place for null.
        assertThat(cost.dimension()).isEqualTo(6);
        // 23 samples: 7 gold and 16 plain; then 23 variations; then 23 selected with 2 variations each.
        assertThat(cost.votes())
                .containsExactly(
                        new RunCost.VoteCost(23, 16, 23 * 6 * 4, 2),
                        new RunCost.VoteCost(23, 16, 23 * 6 * 4, 2),
                        new RunCost.VoteCost(69, 48, 69 * 6 * 4, 2));
        assertThat(cost.randomSamples()).isEqualTo(23);
        assertThat(cost.variationSamples()).isEqualTo(23 + 46);
        assertThat(cost.lookaheadSamples()).isZero();
        assertThat(cost.multiplyAdds(1009)).isEqualTo(1009.0 * (16 + 16 + 48) * 6);
    }

    @Test
    void aBroadcastLargerThanAChunkIsCut() {
        RunCost cost = RunCost.of(spec("evolution.samples=200003", "vote.broadcast_chunk_mib=1"));

        // 43,690 vectors of 24 bytes fit into a MiB; 60,001 gold and 140,002 plain samples.
        assertThat(cost.votes().get(0).chunks()).isEqualTo(2 + 4);
    }

    @Test
    void sharesThatAreNotKnownAreCountedAtTheirWorst() {
        RunCost cost = RunCost.of(spec("labels.fractions={noisy: {noise_multiplier: 10}}"));

        assertThat(cost.votes().get(0).comparisons()).isEqualTo(23);
    }

    @Test
    void lookaheadIsPaidForEveryCandidateOfEveryVote() {
        assertThat(RunCost.of(spec("evolution.lookahead=8")).lookaheadSamples()).isEqualTo(8 * (23 + 23 + 69));
    }

    @Test
    void anEstimateOfTextsBuysNothingAfterItsLastVote() {
        RunCost cost = RunCost.of(RunConfiguration.load(
                Inputs.textConfiguration(folder),
                List.of("evolution={schedule: [11, 7, 5], selection: estimate, variation_fold: 2}")));

        assertThat(cost.votes().stream().map(RunCost.VoteCost::candidates)).containsExactly(11L, 14L);
        assertThat(cost.randomSamples()).isEqualTo(11);
        assertThat(cost.variationSamples()).isEqualTo(14);
        // The estimate also holds the candidates of the first vote.
        assertThat(cost.driverBytes())
                .isGreaterThan(RunCost.of(RunConfiguration.load(
                                Inputs.textConfiguration(folder),
                                List.of("evolution={schedule: [11, 7, 5], selection: rank, variation_fold: 2}")))
                        .driverBytes());
    }

    @Test
    void ofClientsToBeDiscoveredTheVectorsAreUnknown() {
        RunCost cost = RunCost.of(RunConfiguration.parse(
                """
                private_data: {format: csv, path: customers.csv, client_column: id}
                privacy: {epsilon: 2, delta: 1e-6, unit: client}
                tabular: {discover: {}, children: [{name: orders, path: orders.csv}]}
                output: {path: out}
                """,
                "clients.yaml",
                List.of()));

        assertThat(cost.knowsVectors()).isFalse();
        assertThat(cost.votes()).hasSize(5);
        assertThat(cost.driverBytes()).isPositive();
    }

    @Test
    void rememberedVectorsAreCounted() {
        // Those of all samples, up to 64 MiB.
        assertThat(ClusterEmbedder.rememberedBytes(384, 105)).isEqualTo(105 * 384 * 4);
        assertThat(ClusterEmbedder.rememberedBytes(384, 1_000_000)).isBetween((1L << 26) - 384 * 4, 1L << 26);

        RunSpec spec = RunConfiguration.load(
                Inputs.textConfiguration(folder),
                List.of("evolution={schedule: [50000, 10], selection: rank, variation_fold: 1}"));
        RunCost cost = RunCost.of(spec);
        long candidates = cost.votes().get(0).candidates();
        assertThat(cost.driverBytes())
                .isEqualTo(candidates * (3 * 384 * 4 + 200 + spec.modality().sampleBytes() + 16 * 8)
                        + ClusterEmbedder.rememberedBytes(384, cost.samples()));
    }

    static Stream<List<String>> runs() {
        return Stream.of(
                List.<String>of(),
                List.of("output.publish=population"),
                List.of("evolution.initial_variation_fold=3"),
                List.of("evolution={schedule: [5, 997, 2, 31, 101], variation_fold: 4}"),
                List.of("evolution={schedule: [11, 7, 13], variation_fold: 0, keep_selected: true}"),
                List.of("labels.fractions={gold: 0.001, plain: 0.999}", "evolution.samples=3"),
                List.of(
                        "evolution={schedule: [3, 997, 2], variation_fold: 2}",
                        "labels.fractions={gold: 0.01, plain: 0.99}"));
    }

    /** Compares the estimate with the planner that runs use, with every selection answered. */
    @ParameterizedTest
    @MethodSource("runs")
    void theSamplesAreThoseThatTheRunWillAskFor(List<String> overrides) {
        RunSpec spec = spec(overrides.toArray(String[]::new));
        int[] asked = new int[2];
        List<Long> candidates = new ArrayList<>();
        double[] shares = ((RunSpec.Fractions.Declared) spec.labels().fractions())
                .shares().stream().mapToDouble(Double::doubleValue).toArray();
        PopulationPlanner planner = new PopulationPlanner(new Seed(1));
        RunSpec.Evolution evolution = spec.evolution();
        Population population = made(
                planner.initial(LabelAllocation.allocate(evolution.schedule().get(0), shares)), asked);
        population = made(planner.initialVariations(population, evolution.initialVariationFold(), 2), asked);
        for (int vote = 1; vote <= evolution.votes(); vote++) {
            candidates.add((long) population.size());
            int[] counts = LabelAllocation.allocate(evolution.schedule().get(vote), shares);
            int[] offsets = population.labelOffsets(2);
            List<List<Sample>> selected = new ArrayList<>();
            for (int label = 0; label < 2; label++) {
                boolean none = offsets[label] == offsets[label + 1];
                Sample first = none ? null : population.samples().get(offsets[label]);
                Sample[] parents = new Sample[none ? 0 : counts[label]];
                Arrays.fill(parents, first);
                selected.add(List.of(parents));
            }
            boolean published = vote == evolution.votes() && spec.output().published() == Published.SELECTED;
            PopulationRule rule = evolution.rules().get(vote - 1);
            population =
                    made(planner.next(vote, published ? rule.keepingOnlySelected() : rule, selected, counts), asked);
        }

        RunCost cost = RunCost.of(spec);

        assertThat(cost.votes().stream().map(RunCost.VoteCost::candidates)).containsExactlyElementsOf(candidates);
        assertThat(cost.randomSamples()).isEqualTo(asked[0]);
        assertThat(cost.variationSamples()).isEqualTo(asked[1]);
    }

    private static Population made(PopulationPlan plan, int[] asked) {
        Map<String, Payload> answers = new HashMap<>();
        for (GenerationRequest request : plan.requests()) {
            asked[request instanceof GenerationRequest.Random ? 0 : 1]++;
            answers.put(request.id(), new Text("x"));
        }
        return plan.complete(answers);
    }
}

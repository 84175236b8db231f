package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec.PopulationRule;
import org.privateevolution.model.RunSpec.Selection;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.Text;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationRequest.Variation;

class PopulationPlannerTest {

    private final PopulationPlanner planner = new PopulationPlanner(new Seed(5));

    private static Map<String, Payload> answers(List<? extends GenerationRequest> requests) {
        Map<String, Payload> answers = new HashMap<>();
        requests.forEach(request -> answers.put(request.id(), new Text("made " + request.id())));
        return answers;
    }

    private static Population complete(PopulationPlan plan) {
        return plan.complete(answers(plan.requests()));
    }

    private static List<String> ids(Population population) {
        return population.samples().stream().map(Sample::id).toList();
    }

    @Test
    void initialPopulationIsGroupedByLabel() {
        Population initial = complete(planner.initial(new int[] {2, 0, 3}));
        assertThat(ids(initial)).containsExactly("g0.l0.n0", "g0.l0.n1", "g0.l2.n0", "g0.l2.n1", "g0.l2.n2");
        assertThat(initial.labelOffsets(3)).containsExactly(0, 2, 2, 5);
    }

    @Test
    void initialVariationsJoinTheInitialSamplesWithinTheirLabel() {
        Population initial = complete(planner.initial(new int[] {1, 2}));
        Population all = complete(planner.initialVariations(initial, 2, 2));
        assertThat(ids(all))
                .containsExactly(
                        "g0.l0.n0",
                        "g0.l0.n0.v0",
                        "g0.l0.n0.v1",
                        "g0.l1.n0",
                        "g0.l1.n1",
                        "g0.l1.n0.v0",
                        "g0.l1.n1.v0",
                        "g0.l1.n0.v1",
                        "g0.l1.n1.v1");
        assertThat(all.samples().get(5).parent()).isEqualTo("g0.l1.n0");
    }

    @Test
    void nextPopulationHoldsTheSelectedAndTheirFolds() {
        Population initial = complete(planner.initial(new int[] {2, 1}));
        List<Sample> s = initial.samples();
        PopulationRule keep = new PopulationRule(Selection.RANK, OptionalDouble.empty(), 2, true);
        PopulationPlan next =
                planner.next(3, keep, List.of(List.of(s.get(1), s.get(0)), List.of(s.get(2))), new int[] {2, 1});
        assertThat(next.requests()).allSatisfy(request -> assertThat(((Variation) request).iteration())
                .isEqualTo(2));
        assertThat(ids(complete(next)))
                .containsExactly(
                        "g0.l0.n1",
                        "g0.l0.n0",
                        "g3.l0.n0.v0",
                        "g3.l0.n1.v0",
                        "g3.l0.n0.v1",
                        "g3.l0.n1.v1",
                        "g0.l1.n0",
                        "g3.l1.n0.v0",
                        "g3.l1.n0.v1");
    }

    @Test
    void aSampleSelectedTwiceIsVariedTwiceDifferently() {
        Sample sample = complete(planner.initial(new int[] {1})).samples().get(0);
        PopulationRule rule = new PopulationRule(Selection.SAMPLE, OptionalDouble.of(0), 1, false);
        List<GenerationRequest> requests = planner.next(1, rule, List.of(List.of(sample, sample)), new int[] {2})
                .requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).id()).isNotEqualTo(requests.get(1).id());
        assertThat(requests.get(0).seed()).isNotEqualTo(requests.get(1).seed());
    }

    @Test
    void aLabelWithoutCandidatesStartsAfresh() {
        PopulationRule rule = new PopulationRule(Selection.RANK, OptionalDouble.empty(), 1, true);
        Population next = complete(planner.next(4, rule, List.of(List.of(), List.of()), new int[] {0, 2}));
        assertThat(ids(next)).containsExactly("g4.l1.n0", "g4.l1.n1");
    }

    @Test
    void aRejectedRequestLeavesItsPlaceOut() {
        PopulationPlan plan = planner.initial(new int[] {3});
        Map<String, Payload> answers = answers(plan.requests());
        answers.remove("g0.l0.n1");
        assertThat(ids(plan.complete(answers))).containsExactly("g0.l0.n0", "g0.l0.n2");
    }

    @Test
    void anAnswerNobodyAskedForIsRefused() {
        PopulationPlan plan = planner.initial(new int[] {1});
        Map<String, Payload> answers = answers(plan.requests());
        answers.put("g9.l0.n0", new Text("stray"));
        assertThatThrownBy(() -> plan.complete(answers)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void requestsAreTheSameInEveryAttempt() {
        PopulationPlanner again = new PopulationPlanner(new Seed(5));
        assertThat(again.initial(new int[] {3, 2}).requests())
                .isEqualTo(planner.initial(new int[] {3, 2}).requests());
        PopulationPlanner other = new PopulationPlanner(new Seed(6));
        assertThat(other.initial(new int[] {3, 2}).requests())
                .isNotEqualTo(planner.initial(new int[] {3, 2}).requests());
    }

    @Test
    void lookaheadAsksForEachCandidateInTurn() {
        Population initial = complete(planner.initial(new int[] {2}));
        assertThat(planner.lookahead(1, initial, 2).stream().map(Variation::id))
                .containsExactly("a1.c0.v0", "a1.c0.v1", "a1.c1.v0", "a1.c1.v1");
    }

    @Test
    void lookaheadMeansAverageEachCandidatesVectors() {
        float[] vectors = {1, 2, 3, 4, 10, 20, 30, 40};
        assertThat(Lookahead.means(vectors, 2, 2)).containsExactly(2, 3, 20, 30);
    }

    @Test
    void aVariationThatWasMadeForLookaheadTellsItsCandidate() {
        Population candidates = new Population(
                2, List.of(new Sample("a", 0, new Text("x"), ""), new Sample("b", 0, new Text("y"), "")));
        String id = new PopulationPlanner(new Seed(1))
                .lookahead(3, candidates, 2)
                .get(3)
                .id();

        assertThat(PopulationPlanner.lookaheadCandidate(id, 2)).isEqualTo(1);
        assertThat(PopulationPlanner.lookaheadCandidate(id, 1)).isEqualTo(-1);
        assertThat(PopulationPlanner.lookaheadCandidate("g3.l0.n1.v0", 2)).isEqualTo(-1);
    }
}

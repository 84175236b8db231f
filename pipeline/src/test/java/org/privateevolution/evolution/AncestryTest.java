package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.Text;

class AncestryTest {

    private static Sample sample(String id, String parent) {
        return new Sample(id, 0, new Text("text of " + id), parent);
    }

    private static List<List<String>> lines(List<Population> populations) {
        int last = populations.size() - 1;
        return Ancestry.of(populations::get, last, populations.get(last).samples()).stream()
                .map(line -> line.stream()
                        .map(sample -> sample.map(Sample::id).orElse("-"))
                        .toList())
                .toList();
    }

    @Test
    void aLineLeadsFromTheInitialPopulationToThePublishedSample() {
        assertThat(lines(List.of(
                        new Population(0, List.of(sample("a", ""), sample("b", ""))),
                        new Population(1, List.of(sample("b", ""), sample("c", "a"))),
                        new Population(2, List.of(sample("b", ""), sample("d", "c"), sample("new", ""))))))
                .containsExactly(List.of("b", "b", "b"), List.of("a", "c", "d"), List.of("-", "-", "new"));
    }

    @Test
    void aLineMayPassOverAPopulationAndBeOneSampleLong() {
        assertThat(lines(List.of(
                        new Population(0, List.of(sample("a", ""))),
                        new Population(1, List.of(sample("x", ""))),
                        new Population(2, List.of(sample("b", "a"))))))
                .containsExactly(List.of("a", "-", "b"));
        assertThat(lines(List.of(new Population(0, List.of(sample("a", "")))))).containsExactly(List.of("a"));
        assertThat(Ancestry.of(i -> new Population(i, List.of()), 2, List.of())).isEmpty();
    }

    @Test
    void aVariationThatWasMadeForLookaheadIsTracedToItsCandidate() {
        List<Sample> candidates = List.of(sample("a", ""), sample("b", ""));
        String id = new PopulationPlanner(new Seed(7))
                .lookahead(1, new Population(0, candidates), 2)
                .get(3)
                .id();
        assertThat(PopulationPlanner.lookaheadCandidate(id, 0)).isEqualTo(1);
        assertThat(Ancestry.of(i -> new Population(i, i == 0 ? candidates : List.of()), 1, List.of(sample("end", id))))
                .containsExactly(List.of(Optional.of(candidates.get(1)), Optional.of(sample("end", id))));
    }
}

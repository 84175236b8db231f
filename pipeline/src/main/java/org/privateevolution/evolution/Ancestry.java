package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;

/** Traces published samples back through the populations to the initial one. */
public final class Ancestry {

    private Ancestry() {}

    /**
     * Returns the line of ancestors of each of {@code ends}.
     *
     * @param populations populations by iteration, from 0 to {@code last}, which holds {@code ends}
     * @return one list per end, by iteration: the ancestor in that population, with the end itself last; empty for a
     *     population without one
     */
    public static List<List<Optional<Sample>>> of(IntFunction<Population> populations, int last, List<Sample> ends) {
        List<Sample> youngest = new ArrayList<>(ends);
        List<List<Optional<Sample>>> lines = new ArrayList<>();
        ends.forEach(end -> lines.add(new ArrayList<>(List.of(Optional.of(end)))));
        for (int iteration = last - 1; iteration >= 0; iteration--) {
            List<Sample> samples = populations.apply(iteration).samples();
            Map<String, Sample> byId = new HashMap<>();
            samples.forEach(sample -> byId.put(sample.id(), sample));
            for (int i = 0; i < lines.size(); i++) {
                Optional<Sample> before = before(youngest.get(i), iteration, samples, byId);
                lines.get(i).add(before);
                if (before.isPresent()) {
                    youngest.set(i, before.get());
                }
            }
        }
        lines.forEach(Collections::reverse);
        return lines;
    }

    /** A sample that was kept is its own ancestor. A line may skip a population, or begin after the initial one. */
    private static Optional<Sample> before(
            Sample sample, int iteration, List<Sample> samples, Map<String, Sample> byId) {
        Sample known = byId.getOrDefault(sample.id(), byId.get(sample.parent()));
        if (known != null) {
            return Optional.of(known);
        }
        // The sample may descend from a lookahead variation of its ancestor.
        int candidate = PopulationPlanner.lookaheadCandidate(sample.parent(), iteration);
        return candidate >= 0 ? Optional.of(samples.get(candidate)) : Optional.empty();
    }
}

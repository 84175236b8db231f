package org.privateevolution.run;

import java.util.List;
import java.util.Optional;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.model.Population;

/**
 * What the votes of a run led to.
 *
 * @param population to publish
 * @param weights of its samples, 1 on average within a label; none if all count alike
 * @param estimate that rows without weights were drawn from, if they were drawn from one
 */
public record Outcome(Population population, List<Double> weights, Optional<WeightedSamples> estimate) {

    /** Samples that count alike. */
    public static Outcome of(Population population, Optional<WeightedSamples> estimate) {
        return new Outcome(population, List.of(), estimate);
    }
}

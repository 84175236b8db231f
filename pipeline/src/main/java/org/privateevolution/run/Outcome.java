package org.privateevolution.run;

import java.util.List;
import java.util.Optional;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.model.Population;

/**
 * The result of a run's votes.
 *
 * @param population the population to publish
 * @param weights weights of its samples, 1 on average within a label; empty if all count alike
 * @param estimate the estimate that rows without weights were drawn from, if any
 */
public record Outcome(Population population, List<Double> weights, Optional<WeightedSamples> estimate) {

    /** An outcome whose samples count alike. */
    public static Outcome of(Population population, Optional<WeightedSamples> estimate) {
        return new Outcome(population, List.of(), estimate);
    }
}

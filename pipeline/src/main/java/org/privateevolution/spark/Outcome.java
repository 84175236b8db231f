package org.privateevolution.spark;

import java.util.Optional;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.model.Population;

/**
 * What the votes of a run led to.
 *
 * @param population to publish
 * @param estimate that it was drawn from, if it was drawn from one
 */
record Outcome(Population population, Optional<WeightedSamples> estimate) {

    static Outcome of(Population population) {
        return new Outcome(population, Optional.empty());
    }
}

package org.privateevolution.evolution;

import java.util.List;
import org.privateevolution.model.Sample;

/**
 * Samples that stand for private records, each for as many as its weight.
 *
 * @param weights above 0, one per sample
 */
public record WeightedSamples(List<Sample> samples, List<Double> weights) {
    public WeightedSamples {
        samples = List.copyOf(samples);
        weights = List.copyOf(weights);
        if (samples.size() != weights.size()) {
            throw new IllegalArgumentException(samples.size() + " samples, but " + weights.size() + " weights");
        }
    }
}

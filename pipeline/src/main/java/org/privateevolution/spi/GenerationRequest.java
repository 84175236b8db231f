package org.privateevolution.spi;

import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;

/** A request for one sample. Its id is the same in every attempt of the run, so an answer is never paid for twice. */
public sealed interface GenerationRequest {

    /** Id of the requested sample, unique in the run. */
    String id();

    /** Index of the label that the sample should have. */
    int label();

    /** Determines every random choice of the generator for this sample. */
    Seed seed();

    /** RANDOM_API: a fresh sample of a label. */
    record Random(String id, int label, Seed seed) implements GenerationRequest {}

    /**
     * VARIATION_API: a variation of a synthetic sample.
     *
     * @param iteration number of votes completed before this request, from 0; the degree of variation may depend on it
     */
    record Variation(String id, Sample parent, int iteration, Seed seed) implements GenerationRequest {
        @Override
        public int label() {
            return parent.label();
        }
    }
}

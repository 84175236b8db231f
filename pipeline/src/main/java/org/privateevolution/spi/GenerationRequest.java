package org.privateevolution.spi;

import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;

/** One sample to be made. Its id is the same in every attempt of the run, so a paid answer is never bought again. */
public sealed interface GenerationRequest {

    /** Id of the sample to be made, unique in the run. */
    String id();

    /** Index of the label that the sample is to have. */
    int label();

    /** Fixes every random choice of the generator for this sample. */
    Seed seed();

    /** RANDOM_API: a fresh sample of a label. */
    record Random(String id, int label, Seed seed) implements GenerationRequest {}

    /**
     * VARIATION_API: a variation of a synthetic sample.
     *
     * @param iteration completed votes before this request, from 0; schedules of variation degrees run over it
     */
    record Variation(String id, Sample parent, int iteration, Seed seed) implements GenerationRequest {
        @Override
        public int label() {
            return parent.label();
        }
    }
}

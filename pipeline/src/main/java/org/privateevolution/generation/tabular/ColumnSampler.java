package org.privateevolution.generation.tabular;

import java.util.random.RandomGenerator;

/** Draws the codes of one column. */
interface ColumnSampler {

    /** Draws a code for RANDOM_API. */
    double random(RandomGenerator random);

    /**
     * Draws a code for VARIATION_API.
     *
     * @param rate mutation rate, 0 to 1
     */
    double variation(double code, double rate, RandomGenerator random);
}

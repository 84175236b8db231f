package org.privateevolution.generation.tabular;

import java.util.random.RandomGenerator;

/**
 * Draws whether a set holds a member, or is null. A variation draws anew with the mutation rate as its probability.
 *
 * @param probability of holding the member, 0 to 1
 */
record MemberSampler(double probability) implements ColumnSampler {

    @Override
    public double random(RandomGenerator random) {
        return random.nextDouble() < probability ? 1 : 0;
    }

    @Override
    public double variation(double code, double rate, RandomGenerator random) {
        return random.nextDouble() < rate ? random(random) : code;
    }
}

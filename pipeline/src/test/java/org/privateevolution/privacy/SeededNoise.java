package org.privateevolution.privacy;

import java.util.Random;

/** Noise that repeats, for tests only: it protects nothing. Here because its package alone can make it. */
public final class SeededNoise {
    private SeededNoise() {}

    /** Equal seeds draw equal noise. */
    public static DiscreteGaussian of(long seed) {
        Random random = new Random(seed);
        return new DiscreteGaussian(random::nextBytes);
    }
}

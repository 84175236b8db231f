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

    /**
     * A histogram without its noise.
     *
     * @param same as the noise that it was released with, at the same place
     */
    public static NoisyHistogram takenOff(NoisyHistogram released, DiscreteGaussian same) {
        long[] votes = same.sample(VoteGrid.noiseVariance(released.noiseMultiplier()), released.candidates());
        same.forget();
        for (int i = 0; i < votes.length; i++) {
            votes[i] = released.gridVotes(i) - votes[i];
        }
        return NoisyHistogram.restored(released.releaseId(), released.noiseMultiplier(), votes);
    }
}

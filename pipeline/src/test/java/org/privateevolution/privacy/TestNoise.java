package org.privateevolution.privacy;

import java.time.Instant;
import java.util.SplittableRandom;

/** Noise that tests can repeat, and so take off again to see the clean votes. */
public final class TestNoise {

    private static final long SEED = 20_260_117;
    private static final double NOISE_MULTIPLIER = 3;

    private TestNoise() {}

    /** The same noise in the same order for the same seed. */
    public static DiscreteGaussian seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new DiscreteGaussian(random::nextBytes);
    }

    /** Noise whose source of randomness fails. */
    public static DiscreteGaussian failing() {
        return new DiscreteGaussian(bytes -> {
            throw new IllegalStateException("no noise");
        });
    }

    /** The clean votes of a histogram, in grid units; releases it. */
    public static long[] cleanVotes(VoteHistogram histogram) {
        NoisyHistogram noisy = histogram.release(charge(), seeded(SEED));
        long[] votes = seeded(SEED).sample(VoteGrid.noiseVariance(NOISE_MULTIPLIER), noisy.candidates());
        for (int i = 0; i < votes.length; i++) {
            votes[i] = noisy.gridVotes(i) - votes[i];
        }
        return votes;
    }

    private static Charge charge() {
        Release release = new Release(
                "vote-001",
                "run",
                "fingerprint",
                Release.Kind.VOTES,
                NOISE_MULTIPLIER,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "",
                Instant.EPOCH);
        return new Ledger(new InMemoryLedger()).charge(release);
    }
}

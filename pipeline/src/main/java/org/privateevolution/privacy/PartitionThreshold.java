package org.privateevolution.privacy;

/**
 * How many noisy votes a partition needs to be released: a value that no declaration names, but records hold, such as a
 * category. Noise can be added only to partitions that some unit votes for, so that which ones there are would tell of a unit
 * whose partition is its own.
 *
 * <p><b>Claim.</b> Let U be the partitions that one unit alone votes for, at most {@code mostPartitions} of them and each with
 * at most one vote, among any other records. The probability that one of U is released is at most {@code delta}.
 *
 * <p><b>Proof.</b> Partitions whose clean votes are below {@link #floor()} are dropped before noise, which the claim's event
 * allows for: let U be, instead, all partitions whose being dropped or not depends on the unit. Without the unit's own votes,
 * at most one, such a partition has less than {@code floor} votes, so that with them it has less than {@code floor + 1}, and
 * is released only if its noise is at least {@link #passing()}{@code - floor - 1}. Noise is a discrete Gaussian N_Z(0, G) of
 * {@code G >= (noiseMultiplier 2^bits)^2} on the {@link VoteGrid}; it is subgaussian of variance G (Canonne, Kamath and Steinke
 * 2020), so that {@code P[X >= x] <= e^(-x^2 / 2G)}; this is at most {@code delta / mostPartitions} at {@code x =
 * sqrt(2 G ln(mostPartitions / delta))}, and the union bound over U gives the claim. {@code passing} is at least {@code floor +
 * 1 + x}, in grid units, rounded up.
 *
 * <p><b>What it gives.</b> Let K be the partitions that are above the floor in both neighbours, and R those that are in one
 * alone. Noise is independent, so the release is one of noise on the cells and on K, and beside it one of R, of which the
 * other neighbour shows nothing. Under add-remove R is U, and the total variation between showing something of it and
 * nothing is at most delta. Under replace-one each neighbour has an R of its own, of its own unit; both show nothing with a
 * probability of at least 1 - delta, so that the total variation is at most delta, too. So the second is (0,
 * delta)-differentially private, whichever way round, and {@link Accountant} composes it with the first. Partitions that are
 * above the floor in neither are shown in neither,
 * and what passes follows from these noisy votes. Partition selection by noise and a threshold is that of Korolova et al.
 * (2009) and Gopi et al. (2020); the floor before the noise, which keeps what is gathered small, that of Google's
 * differential privacy library, "Delta for thresholding" (2020), there called pre-thresholding.
 */
public final class PartitionThreshold {

    /** The floor as a part of what a partition needs besides. */
    private static final double FLOOR = 0.25;

    private final double noiseMultiplier;
    private final double delta;
    private final long floor;
    private final long passing;

    private PartitionThreshold(double noiseMultiplier, double delta, long floor, long passing) {
        this.noiseMultiplier = noiseMultiplier;
        this.delta = delta;
        this.floor = floor;
        this.passing = passing;
    }

    /**
     * The threshold of a release.
     *
     * @param noiseMultiplier standard deviation of the noise in votes
     * @param delta greater than 0, less than 1
     * @param mostPartitions that a unit may vote for, at least 1
     */
    public static PartitionThreshold of(double noiseMultiplier, double delta, int mostPartitions) {
        DiscreteGaussianBound.requireNoiseMultiplier(noiseMultiplier);
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta is " + delta + ": give more than 0 and less than 1");
        }
        if (mostPartitions < 1) {
            throw new IllegalArgumentException("most partitions is " + mostPartitions + ": give at least 1");
        }
        double variance = VoteGrid.noiseVariance(noiseMultiplier).doubleValue();
        double tail = Math.sqrt(2 * variance * (Math.log(mostPartitions) - Math.log(delta)));
        double needed = (VoteGrid.ONE_VOTE + tail) * (1 + 0x1p-40);
        long floor = (long) (FLOOR * needed);
        return new PartitionThreshold(noiseMultiplier, delta, floor, Math.addExact(floor, (long) Math.ceil(needed)));
    }

    /** Fails unless a release was charged for this noise and delta. */
    void requireCharged(Release release) {
        if (Double.compare(release.noiseMultiplier(), noiseMultiplier) != 0
                || Double.compare(release.thresholdDelta(), delta) != 0) {
            throw new PrivacyException("release " + release.releaseId() + " was charged with noise multiplier "
                    + release.noiseMultiplier() + " and threshold delta " + release.thresholdDelta()
                    + ", but its threshold is one of " + noiseMultiplier + " and " + delta);
        }
    }

    /** Clean votes in grid units below which a partition is dropped before noise. */
    public long floor() {
        return floor;
    }

    /** Noisy votes in grid units that a partition needs. */
    long passing() {
        return passing;
    }

    /** The same in votes. */
    public double votes() {
        return passing / (double) VoteGrid.ONE_VOTE;
    }
}

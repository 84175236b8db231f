package org.privateevolution.privacy;

/**
 * How many noisy votes a partition needs to be released. A partition is a value that no declaration names but that
 * occurs in records, such as a category. Noise can be added only to partitions that some unit votes for; without a
 * threshold, the list of released partitions would reveal a unit whose partition is its own.
 *
 * <p><b>Claim.</b> Let U be the partitions that only one particular unit votes for, whatever the other records are: at
 * most {@code mostPartitions}, each with at most one vote. The probability that a partition of U is released is at most
 * {@code delta}.
 *
 * <p><b>Proof.</b> Partitions whose clean votes are below {@link #floor()} are dropped before noise is added. The claim
 * must also cover the effect of the unit on that step, so let U instead be all partitions for which the unit decides
 * whether they are dropped. Without the unit's own votes, at most one, such a partition has less than {@code floor}
 * votes; with them it has less than {@code floor + 1} and is released only if its noise is at least {@link #passing()}
 * {@code - floor - 1}. The noise is a discrete Gaussian N_Z(0, G) with {@code G >= (noiseMultiplier 2^bits)^2} on the
 * {@link VoteGrid}. It is subgaussian with variance G (Canonne, Kamath and Steinke 2020), so
 * {@code P[X >= x] <= e^(-x^2 / 2G)}. This is at most {@code delta / mostPartitions} at
 * {@code x = sqrt(2 G ln(mostPartitions / delta))}, and the union bound over U gives the claim. {@code passing} is at
 * least {@code floor + 1 + x}, in grid units, rounded up.
 *
 * <p><b>Consequence.</b> Let K be the partitions above the floor in both neighbours, and R those above it in only one
 * of them. The noise is independent, so the release consists of two parts: noisy votes of the cells and of K, and noisy
 * votes of R, of which the other neighbour shows nothing. Under add-remove, R is U, and the total variation between the
 * second part and nothing is at most delta. Under replace-one, each neighbour has its own R, from its own unit; in
 * both, nothing of R is shown with probability at least 1 - delta, so the total variation is again at most delta. Hence
 * the second part is (0, delta)-differentially private in both directions, and {@link Accountant} composes it with the
 * first. Partitions that are above the floor in neither neighbour are shown in neither. Which partitions pass follows
 * from these noisy votes.
 *
 * <p>Selecting partitions by noise and a threshold is due to Korolova et al. (2009) and Gopi et al. (2020). Dropping
 * small partitions before noise, which keeps the collected data small, follows Google's differential privacy library,
 * "Delta for thresholding" (2020), where it is called pre-thresholding.
 */
public final class PartitionThreshold {

    /** The floor, as a share of the votes that a partition needs beyond it. */
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
     * Computes the threshold of a release.
     *
     * @param noiseMultiplier standard deviation of the noise in votes
     * @param delta greater than 0, less than 1
     * @param mostPartitions the number of partitions that a unit may vote for, at least 1
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

    /** Fails unless the release was charged for this noise and delta. */
    void requireCharged(Release release) {
        if (Double.compare(release.noiseMultiplier(), noiseMultiplier) != 0
                || Double.compare(release.thresholdDelta(), delta) != 0) {
            throw new PrivacyException("release " + release.releaseId() + " was charged with noise multiplier "
                    + release.noiseMultiplier() + " and threshold delta " + release.thresholdDelta()
                    + ", but its threshold is one of " + noiseMultiplier + " and " + delta);
        }
    }

    /** The number of clean votes, in grid units, below which a partition is dropped before noise. */
    public long floor() {
        return floor;
    }

    /** The number of noisy votes, in grid units, that a partition needs. */
    long passing() {
        return passing;
    }

    /** The number of noisy votes, in whole votes, that a partition needs. */
    public double votes() {
        return passing / (double) VoteGrid.ONE_VOTE;
    }
}

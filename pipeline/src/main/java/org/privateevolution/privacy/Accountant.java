package org.privateevolution.privacy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Computes the joint privacy cost of a set of releases, under one adjacency and for one privacy unit. Immutable.
 *
 * <p>Every release adds discrete Gaussian noise on the {@link VoteGrid} to every entry of a histogram. Its noise
 * multiplier is the standard deviation of that noise in votes. One unit's vote vector has L2 norm at most 1, so the
 * noise multiplier does not depend on the adjacency. Releases may be chosen adaptively. All figures hold for the
 * discrete noise, not just for its continuous counterpart ({@link DiscreteGaussianBound}), and are rounded outward.
 *
 * <p>A release whose cells are not all public, because some values are known from the records only, also costs a
 * {@code thresholdDelta}: except for an event of that probability, it is a release over public cells
 * ({@link PartitionThreshold}). Each such event is a mechanism of its own that is (0, thresholdDelta)-differentially
 * private. By composition (Dwork and Roth 2014, theorem 3.16; adaptively by Zhu, Dong and Wang 2022, as both have
 * dominating pairs) the sum of all {@code thresholdDelta} is added to delta.
 */
public final class Accountant {
    private final Adjacency adjacency;
    /** Number of uses of each noise multiplier; sorted, so that equal sets of releases give bit-equal sums. */
    private final NavigableMap<Double, Long> releases;

    private final long count;
    /** The exact sum of {@code thresholdDelta} over all releases. */
    private final BigDecimal thresholds;

    private Accountant(Adjacency adjacency, NavigableMap<Double, Long> releases, long count, BigDecimal thresholds) {
        this.adjacency = adjacency;
        this.releases = releases;
        this.count = count;
        this.thresholds = thresholds;
    }

    /** Returns an accountant without releases. */
    public static Accountant of(Adjacency adjacency) {
        return new Accountant(adjacency, new TreeMap<>(), 0, BigDecimal.ZERO);
    }

    /**
     * Returns an accountant for these releases and {@code times} more with the same noise.
     *
     * @param noiseMultiplier in votes, 2^-10 to 2^24
     * @param times 0 or more
     */
    public Accountant plus(double noiseMultiplier, int times) {
        DiscreteGaussianBound.requireNoiseMultiplier(noiseMultiplier);
        if (times < 0) {
            throw new IllegalArgumentException("times is " + times + ": give 0 or more");
        }
        if (times == 0) {
            return this;
        }
        NavigableMap<Double, Long> sum = new TreeMap<>(releases);
        sum.merge(noiseMultiplier, (long) times, Math::addExact);
        return new Accountant(adjacency, sum, Math.addExact(count, times), thresholds);
    }

    /** Returns an accountant for these releases and {@code release}, including its threshold if it has one. */
    public Accountant plus(Release release) {
        Accountant noise = plus(release.noiseMultiplier(), 1);
        return release.thresholdDelta() > 0 ? noise.plusThreshold(release.thresholdDelta()) : noise;
    }

    /** Returns an accountant for these releases and {@code more}, including their thresholds. */
    Accountant plus(List<Release> more) {
        NavigableMap<Double, Long> sum = new TreeMap<>(releases);
        BigDecimal allThresholds = thresholds;
        for (Release release : more) {
            DiscreteGaussianBound.requireNoiseMultiplier(release.noiseMultiplier());
            sum.merge(release.noiseMultiplier(), 1L, Math::addExact);
            if (release.thresholdDelta() > 0) {
                allThresholds = allThresholds.add(threshold(release.thresholdDelta()));
            }
        }
        return new Accountant(adjacency, sum, Math.addExact(count, more.size()), allThresholds);
    }

    /**
     * Returns an accountant that also counts the threshold of one of its releases.
     *
     * @param thresholdDelta greater than 0, less than 1
     */
    public Accountant plusThreshold(double thresholdDelta) {
        return new Accountant(adjacency, releases, count, thresholds.add(threshold(thresholdDelta)));
    }

    private static BigDecimal threshold(double thresholdDelta) {
        if (!(thresholdDelta > 0 && thresholdDelta < 1)) {
            throw new IllegalArgumentException(
                    "threshold delta is " + thresholdDelta + ": give more than 0 and less than 1");
        }
        return new BigDecimal(thresholdDelta);
    }

    /** The number of releases. */
    public long releases() {
        return count;
    }

    /**
     * The delta at {@code epsilon}: all releases together are (epsilon, delta)-differentially private.
     *
     * @param epsilon 0 or more
     * @return 0 to 1, rounded up; 0 without releases
     */
    public double delta(double epsilon) {
        requireEpsilon(epsilon);
        if (count == 0) {
            return Math.min(1, thresholdsUp());
        }
        double continuous = GaussianAccounting.delta(Math.nextDown(epsilon - epsilonGap()), mu());
        double noise = Math.nextUp(continuous + DiscreteGaussianBound.deltaGap(count));
        return Math.min(1, Math.nextUp(noise + thresholdsUp()));
    }

    /**
     * The epsilon at {@code delta}: all releases together are (epsilon, delta)-differentially private.
     *
     * @param delta less than 1, and large enough that the discreteness of the noise does not matter; 1e-20 is always
     *     enough
     * @return 0 or more, rounded up; 0 without releases
     * @throws PrivacyException if {@code delta} is so small that the bound for discrete noise says nothing, or if the
     *     thresholds have used it up
     */
    public double epsilon(double delta) {
        requireDelta(delta, count);
        if (count == 0 && thresholds.signum() == 0) {
            return 0;
        }
        double left = Math.nextDown(delta - thresholdsUp());
        if (!(left > 2 * DiscreteGaussianBound.deltaGap(count))) {
            throw new PrivacyException(
                    PrivacyException.Reason.TARGET,
                    "delta is " + RoundedFigure.exact(delta) + ", of which the thresholds of discoveries have spent "
                            + RoundedFigure.up(thresholdsUp())
                            + ": no epsilon can be stated at it; use a larger delta");
        }
        if (count == 0) {
            return 0;
        }
        double continuousDelta = Math.nextDown(left - DiscreteGaussianBound.deltaGap(count));
        return Math.nextUp(GaussianAccounting.epsilon(mu(), continuousDelta) + epsilonGap());
    }

    /**
     * Whether all releases together are (epsilon, delta)-differentially private.
     *
     * @throws PrivacyException if {@code delta} is so small that the bound for discrete noise says nothing
     */
    public boolean within(double epsilon, double delta) {
        requireDelta(delta, count);
        return delta(epsilon) <= delta;
    }

    /**
     * The smallest noise multiplier at which {@code votes} further releases and the releases so far are together
     * (epsilon, delta)-differentially private.
     *
     * @param epsilon greater than 0
     * @param delta greater than 0, less than 1
     * @param votes at least 1
     * @return in votes, rounded up; {@code plus(result, votes).within(epsilon, delta)} holds
     * @throws PrivacyException if the releases so far leave no budget, or if {@code delta} is too small for the bound
     */
    public double noiseMultiplier(double epsilon, double delta, int votes) {
        requireEpsilon(epsilon);
        if (votes < 1) {
            throw new IllegalArgumentException("votes is " + votes + ": give at least 1");
        }
        requireDelta(delta, Math.addExact(count, votes));
        double low = DiscreteGaussianBound.MIN_NOISE_MULTIPLIER;
        double high = DiscreteGaussianBound.MAX_NOISE_MULTIPLIER;
        if (plus(low, votes).within(epsilon, delta)) {
            return low;
        }
        if (!plus(high, votes).within(epsilon, delta)) {
            throw new PrivacyException(
                    PrivacyException.Reason.TARGET,
                    "no noise up to a multiplier of " + RoundedFigure.exact(high) + " keeps " + votes
                            + " votes within epsilon "
                            + RoundedFigure.exact(epsilon) + " at delta " + RoundedFigure.exact(delta)
                            + (count == 0
                                    ? ""
                                    : ", as the " + count + " releases already fixed cost epsilon "
                                            + RoundedFigure.up(epsilon(delta)))
                            + ": allow a larger epsilon");
        }
        while (high - low > 0x1p-50 * high) {
            // Bisects the exponent, because the result may lie anywhere within ten orders of magnitude.
            double middle = Math.sqrt(low) * Math.sqrt(high);
            if (!(low < middle && middle < high)) {
                break;
            }
            if (plus(middle, votes).within(epsilon, delta)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private double thresholdsUp() {
        return thresholds.signum() == 0 ? 0 : Math.nextUp(thresholds.doubleValue());
    }

    /** {@code sensitivity * sqrt(sum of multiplier^-2)}, rounded up. */
    private double mu() {
        return roundUp(adjacency.sensitivity() * Math.sqrt(inversePowers(2)));
    }

    private double epsilonGap() {
        return DiscreteGaussianBound.epsilonGap(roundUp(inversePowers(4)), VoteGrid.BITS);
    }

    private double inversePowers(int power) {
        double sum = 0;
        for (Map.Entry<Double, Long> entry : releases.entrySet()) {
            double squared = entry.getKey() * entry.getKey();
            sum += entry.getValue() / (power == 2 ? squared : squared * squared);
        }
        return sum;
    }

    /** Rounds up by more than the error of the sum: each distinct multiplier adds at most a few roundings of 2^-53. */
    private double roundUp(double value) {
        return value * (1 + (releases.size() + 8) * 0x1p-51);
    }

    private static void requireEpsilon(double epsilon) {
        if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + ": give a finite number, 0 or more");
        }
    }

    private static void requireDelta(double delta, long releases) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta is " + delta + ": give more than 0 and less than 1");
        }
        double smallest = 2 * DiscreteGaussianBound.deltaGap(releases);
        if (delta < smallest) {
            throw new PrivacyException(
                    PrivacyException.Reason.TARGET,
                    "delta is " + RoundedFigure.exact(delta) + ": for " + releases
                            + " releases of discrete noise nothing can be shown below "
                            + RoundedFigure.up(smallest)
                            + "; use a larger delta");
        }
    }
}

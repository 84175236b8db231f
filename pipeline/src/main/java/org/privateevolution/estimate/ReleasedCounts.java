package org.privateevolution.estimate;

import java.util.Arrays;
import java.util.Objects;

/**
 * One release: noisy counts over the cells of a public partition. Immutable.
 *
 * <p><b>Scale.</b> Where the privacy unit is a record, each record adds what a point of weight 1 adds, and counts are on the
 * scale of the weights: {@link Scale#ONE}. Where it is a client, the votes h of a client over the cells of a release are
 * divided by their L2 norm, so a client with m records adds m/|h| in all: sqrt(m) if its records lie in m cells, 1 if they
 * share one. How much that is over all clients is private and depends on the partition. Counts are then, in expectation,
 *
 * <pre>
 *     s_r (A_r p),    p = sum over clients c of u_c p_c,    u_c = (m_c / |h_cr|) / s_r,    s_r = sum over c of m_c / |h_cr|
 * </pre>
 *
 * with p_c the distribution of the client's own records: a weighted mixture of clients. As far as collisions shrink all
 * clients alike, the mixing weights u_c, and so the shape p, are those of every release, and only s_r is its own. With {@link
 * Scale#FREE} the fit therefore minimises over the weights and over rho_r &gt;= 0 together
 *
 * <pre>
 *     |rho_r A_r w - counts_r|^2 / (2 sigma_r^2)
 * </pre>
 *
 * with w normalised by its {@link Total}. For given w the best rho_r is the regression of counts on predictions, with the
 * variance sigma^2/|A_r w|^2, never more than (cells) sigma^2 / total^2, which the sum of all counts would give; for given
 * rho_r the problem in w is the usual one with counts/rho and sigma/rho. Alternating never increases the objective; as it is
 * convex in each of both, though not jointly, it ends in a stationary point (Grippo and Sciandrone 2000). It starts from the
 * regression on the prior. A release whose regression is not above 0 says nothing until it is. Where every release is free,
 * the total says against how many independent records the prior is weighed, nothing else, so it has to be given.
 */
public final class ReleasedCounts {

    /** Whether counts are on the scale of the weights. */
    public enum Scale {
        ONE,
        FREE
    }

    private final Partition partition;
    private final double[] counts;
    private final double sigma;
    private final Scale scale;

    private ReleasedCounts(Partition partition, double[] counts, double sigma, Scale scale) {
        if (counts.length != partition.cells()) {
            throw new IllegalArgumentException(
                    "there are " + counts.length + " counts for " + partition.cells() + " cells");
        }
        for (int cell = 0; cell < counts.length; cell++) {
            if (!(Math.abs(counts[cell]) <= Total.GREATEST)) {
                throw new IllegalArgumentException("the count of cell " + cell + " is " + counts[cell]
                        + "; its magnitude has to be a number up to " + Total.GREATEST);
            }
        }
        requireSigma(sigma);
        this.partition = partition;
        this.counts = counts.clone();
        this.sigma = sigma;
        this.scale = Objects.requireNonNull(scale, "scale");
    }

    /**
     * Counts on the scale of the weights.
     *
     * @param counts one for each cell, may be negative, up to 1e100 in magnitude; copied
     * @param sigma standard deviation of each count's noise, above 0
     */
    public static ReleasedCounts of(Partition partition, double[] counts, double sigma) {
        return new ReleasedCounts(partition, counts, sigma, Scale.ONE);
    }

    /** Counts on a scale of their own. */
    public static ReleasedCounts ofFreeScale(Partition partition, double[] counts, double sigma) {
        return new ReleasedCounts(partition, counts, sigma, Scale.FREE);
    }

    /**
     * The same release for a fit whose prior weighs less than all records: with noise of sigma sqrt(weight), as
     *
     * <pre>
     *     |A w - counts|^2 / (2 sigma^2) + weight KL(w || prior)
     * </pre>
     *
     * is, but for a factor, what an estimator minimises with that noise.
     *
     * @param weight of the prior as a share of the records, above 0, at most 1
     */
    public ReleasedCounts againstPrior(double weight) {
        if (!(weight > 0 && weight <= 1)) {
            throw new IllegalArgumentException("the weight of a prior lies above 0 and is at most 1, not " + weight);
        }
        return new ReleasedCounts(partition, counts, sigma * Math.sqrt(weight), scale);
    }

    static void requireSigma(double sigma) {
        // Its square and the reciprocal of that have to be finite.
        if (!(sigma >= 1e-100 && sigma <= 1e100)) {
            throw new IllegalArgumentException("sigma, the standard deviation of the noise, is " + sigma
                    + "; it has to lie between 1e-100 and 1e100");
        }
    }

    /** What points add to cells. */
    public Partition partition() {
        return partition;
    }

    /** Noisy count of a cell. */
    public double count(int cell) {
        return counts[cell];
    }

    /** Noisy counts of all cells, a copy. */
    public double[] counts() {
        return Arrays.copyOf(counts, counts.length);
    }

    /** Standard deviation of each count's noise. */
    public double sigma() {
        return sigma;
    }

    /** Whether counts are on the scale of the weights. */
    public Scale scale() {
        return scale;
    }
}

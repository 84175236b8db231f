package org.privateevolution.estimate;

import java.util.Arrays;
import java.util.Objects;

/**
 * One release: noisy counts over the cells of a public partition. Immutable.
 *
 * <p><b>Scale.</b> If the privacy unit is a record, each record adds what a point of weight 1 adds, so the counts are
 * on the scale of the weights: {@link Scale#ONE}. If the unit is a client, the client's votes h over the cells of a
 * release are divided by their L2 norm, so a client with m records adds m/|h| in all: sqrt(m) if its records lie in m
 * different cells, 1 if they share one cell. The sum over all clients is private and depends on the partition. In
 * expectation, the counts are then
 *
 * <pre>
 *     s_r (A_r p),    p = sum over clients c of u_c p_c,
 *
 *     u_c = (m_c / |h_cr|) / s_r,    s_r = sum over c of m_c / |h_cr|
 * </pre>
 *
 * with p_c the distribution of the client's own records: a weighted mixture of clients. As far as collisions shrink all
 * clients alike, the mixing weights u_c, and so the shape p, are the same in every release, and only s_r differs. With
 * {@link Scale#FREE} the fit therefore minimises over the weights and over rho_r &gt;= 0 together
 *
 * <pre>
 *     |rho_r A_r w - counts_r|^2 / (2 sigma_r^2)
 * </pre>
 *
 * with w normalised by its {@link Total}. For given w the best rho_r is the regression of counts on predictions; its
 * variance is sigma^2/|A_r w|^2, never more than (cells) sigma^2 / total^2, the variance that the sum of all counts
 * would give. For given rho_r the problem in w is the usual one with counts/rho and sigma/rho. Alternating between the
 * two never increases the objective. The objective is convex in each of them, though not jointly, so the alternation
 * ends in a stationary point (Grippo and Sciandrone 2000). It starts from the regression on the prior. A release is
 * ignored as long as its regression is not above 0. If every release is free, the total only determines how many
 * independent records the prior is weighed against, so it has to be given.
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
     * A release whose counts are on the scale of the weights.
     *
     * @param counts one per cell, may be negative, up to 1e100 in magnitude; copied
     * @param sigma standard deviation of each count's noise, above 0
     */
    public static ReleasedCounts of(Partition partition, double[] counts, double sigma) {
        return new ReleasedCounts(partition, counts, sigma, Scale.ONE);
    }

    /** A release whose counts have a scale of their own. */
    public static ReleasedCounts ofFreeScale(Partition partition, double[] counts, double sigma) {
        return new ReleasedCounts(partition, counts, sigma, Scale.FREE);
    }

    /**
     * The same release for a fit in which the prior counts less than all records: its noise is sigma sqrt(weight),
     * because
     *
     * <pre>
     *     |A w - counts|^2 / (2 sigma^2) + weight KL(w || prior)
     * </pre>
     *
     * equals, up to a factor, what an estimator minimises with that noise.
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
        // Its square and the reciprocal of its square have to be finite.
        if (!(sigma >= 1e-100 && sigma <= 1e100)) {
            throw new IllegalArgumentException("sigma, the standard deviation of the noise, is " + sigma
                    + "; it has to lie between 1e-100 and 1e100");
        }
    }

    /** The contributions of points to cells. */
    public Partition partition() {
        return partition;
    }

    /** Noisy count of a cell. */
    public double count(int cell) {
        return counts[cell];
    }

    /** Noisy counts of all cells; a copy. */
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

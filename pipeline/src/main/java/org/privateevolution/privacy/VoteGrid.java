package org.privateevolution.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The integer grid on which votes are counted: one vote is {@code 2^BITS} units. Votes are rounded toward zero, so the
 * L2 norm of one unit's vote vector never exceeds {@code 2^BITS} and the stated sensitivity is exact, not approximate.
 */
public final class VoteGrid {
    /** Binary digits of a vote after the point. */
    public static final int BITS = 30;

    /** Grid units in one whole vote. */
    static final long ONE_VOTE = 1L << BITS;

    private static final BigInteger ONE_VOTE_SQUARED = BigInteger.ONE.shiftLeft(2 * BITS);

    private VoteGrid() {}

    /**
     * The share of a record's vote that each of its {@code neighbors} nearest candidates gets:
     * {@code floor(2^BITS / sqrt(neighbors))} grid units, the largest with {@code neighbors * vote^2 <= 2^(2 BITS)}.
     *
     * @param neighbors at least 1
     */
    public static long vote(int neighbors) {
        if (neighbors < 1) {
            throw new IllegalArgumentException("neighbors is " + neighbors + ": a vote needs at least 1");
        }
        return squareRoot(ONE_VOTE * ONE_VOTE / neighbors);
    }

    /**
     * A client's vote vector: its counts scaled to L2 norm 1 and rounded toward zero,
     * {@code floor(counts[j] * 2^BITS / sqrt(sum of counts^2))}. Normalise all labels of a client in one call;
     * otherwise the joint norm exceeds one vote.
     *
     * @param counts how often the client's records chose each candidate, each 0 or more; all zero gives all zero
     * @return grid units, in the order of {@code counts}
     */
    public static long[] clientVotes(int[] counts) {
        BigInteger norm = BigInteger.ZERO;
        long partial = 0;
        for (int count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("a client's count for a candidate is negative");
            }
            partial += (long) count * count;
            if (partial >= 1L << 62) {
                norm = norm.add(BigInteger.valueOf(partial));
                partial = 0;
            }
        }
        norm = norm.add(BigInteger.valueOf(partial));
        long[] votes = new long[counts.length];
        double scale = ONE_VOTE / Math.sqrt(norm.doubleValue());
        for (int j = 0; j < counts.length; j++) {
            if (counts[j] > 0) {
                votes[j] = clientVote(counts[j], norm, scale);
            }
        }
        return votes;
    }

    /**
     * The votes of a client whose records count together as one record, for the cells of {@code marginals} marginals:
     * in each marginal, the distribution of the client's records over its cells,
     * {@code floor(counts[j] * 2^BITS / (records * sqrt(marginals)))}.
     *
     * <p>The L2 norm of these votes is at most one vote. In one marginal, every record lies in one cell, so the counts
     * {@code n_c} sum to {@code records}, and as none is negative, the sum of {@code n_c^2} is at most {@code
     * records^2}. Over all marginals, the sum of {@code n_c^2 / (records^2 * marginals)} is therefore at most 1, and
     * rounding toward zero does not increase it.
     *
     * @param counts how many of the client's records lie in each cell, over all marginals; each 0 or more
     * @param records number of the client's records, at least 1
     * @param marginals number of marginals, at least 1
     * @return grid units, in the order of {@code counts}
     * @throws PrivacyException if the counts do not sum to {@code records} times {@code marginals}
     */
    public static long[] clientMeans(int[] counts, int records, int marginals) {
        long sum = 0;
        for (int count : counts) {
            if (count < 0 || count > records) {
                throw new PrivacyException("a client has fewer than 0 or more than all records in a cell");
            }
            sum += count;
        }
        if (records < 1 || marginals < 1 || sum != (long) records * marginals) {
            throw new PrivacyException("a client's records do not lie in one cell of each marginal");
        }
        BigInteger norm = BigInteger.valueOf((long) records * records).multiply(BigInteger.valueOf(marginals));
        double scale = ONE_VOTE / Math.sqrt(norm.doubleValue());
        long[] votes = new long[counts.length];
        for (int j = 0; j < counts.length; j++) {
            votes[j] = counts[j] == 0 ? 0 : clientVote(counts[j], norm, scale);
        }
        return votes;
    }

    /** The largest v with {@code v^2 * norm <= count^2 * 2^(2 BITS)}, by exact steps from a floating-point guess. */
    private static long clientVote(int count, BigInteger norm, double scale) {
        BigInteger limit = BigInteger.valueOf((long) count * count).multiply(ONE_VOTE_SQUARED);
        long vote = Math.min((long) (count * scale), ONE_VOTE);
        while (squareTimes(vote, norm).compareTo(limit) > 0) {
            vote--;
        }
        while (squareTimes(vote + 1, norm).compareTo(limit) <= 0) {
            vote++;
        }
        return vote;
    }

    private static BigInteger squareTimes(long vote, BigInteger norm) {
        return norm.multiply(BigInteger.valueOf(vote * vote));
    }

    /** Converts grid units to votes. */
    public static double votes(long gridVotes) {
        return gridVotes / (double) ONE_VOTE;
    }

    /**
     * Adds two numbers of votes in grid units.
     *
     * @throws PrivacyException if the sum does not fit into a long
     */
    public static long sum(long votes, long more) {
        long sum = votes + more;
        if (((votes ^ sum) & (more ^ sum)) < 0) {
            throw new PrivacyException("the votes for a candidate exceed 2^" + (Long.SIZE - 1 - BITS));
        }
        return sum;
    }

    /**
     * The variance of the noise on the grid, {@code ceil((noiseMultiplier * 2^BITS)^2)}, exact for the double's value.
     */
    static BigInteger noiseVariance(double noiseMultiplier) {
        BigDecimal deviation = new BigDecimal(noiseMultiplier).multiply(BigDecimal.valueOf(ONE_VOTE));
        return deviation.multiply(deviation).setScale(0, RoundingMode.CEILING).toBigIntegerExact();
    }

    /** {@code floor(sqrt(x))} for {@code 0 <= x <= 2^60}. */
    private static long squareRoot(long x) {
        long root = (long) Math.sqrt((double) x);
        while (root * root > x) {
            root--;
        }
        while ((root + 1) * (root + 1) <= x) {
            root++;
        }
        return root;
    }
}

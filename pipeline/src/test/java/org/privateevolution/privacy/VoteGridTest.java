package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VoteGridTest {
    private static final BigInteger ONE_SQUARED = BigInteger.ONE.shiftLeft(60);

    @Test
    void recordVoteIsTheLargestWhoseNormIsAtMostOne() {
        for (int neighbors = 1; neighbors < 2000; neighbors++) {
            assertLargestVote(neighbors);
        }
        assertLargestVote(Integer.MAX_VALUE);
        assertThat(VoteGrid.vote(1)).isEqualTo(1L << 30);
        assertThat(VoteGrid.vote(4)).isEqualTo(1L << 29);
        assertThatThrownBy(() -> VoteGrid.vote(0)).hasMessageContaining("0");
    }

    private static void assertLargestVote(int neighbors) {
        BigInteger vote = BigInteger.valueOf(VoteGrid.vote(neighbors));
        BigInteger k = BigInteger.valueOf(neighbors);
        assertThat(vote.pow(2).multiply(k)).isLessThanOrEqualTo(ONE_SQUARED);
        assertThat(vote.add(BigInteger.ONE).pow(2).multiply(k)).isGreaterThan(ONE_SQUARED);
    }

    @Test
    void clientVotesAreExactAndTheirNormIsAtMostOne() {
        SplittableRandom random = new SplittableRandom(1021);
        for (int round = 0; round < 300; round++) {
            int[] counts = new int[1 + random.nextInt(97)];
            int bound = 1 + (int) (Integer.MAX_VALUE * Math.pow(random.nextDouble(), 8));
            for (int j = 0; j < counts.length; j++) {
                counts[j] = random.nextInt(bound) + (j == 0 ? 1 : 0);
            }
            assertExact(counts);
        }
    }

    @Test
    void clientVotesSurviveAdversarialCounts() {
        assertExact(new int[] {1});
        assertExact(new int[] {Integer.MAX_VALUE});
        assertExact(new int[] {3, 4});
        assertExact(new int[] {0, 5, 0, 12, 0});
        assertExact(new int[] {1, Integer.MAX_VALUE});
        int[] many = new int[1021];
        Arrays.fill(many, Integer.MAX_VALUE);
        assertExact(many);
        Arrays.fill(many, 1);
        assertExact(many);
        Arrays.fill(many, 0);
        assertThat(VoteGrid.clientVotes(many)).containsOnly(0L);
        assertThat(VoteGrid.clientVotes(new int[0])).isEmpty();
        assertThat(VoteGrid.clientVotes(new int[] {7})).containsExactly(1L << 30);
        assertThatThrownBy(() -> VoteGrid.clientVotes(new int[] {1, -17}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("17");
    }

    @Test
    void clientMeansAreExactAndTheirNormIsAtMostOne() {
        SplittableRandom random = new SplittableRandom(77);
        for (int round = 0; round < 300; round++) {
            int records = 1 + random.nextInt(1_000);
            int marginals = 1 + random.nextInt(300);
            int[] counts = new int[marginals * 5];
            for (int m = 0; m < marginals; m++) {
                for (int record = 0; record < records; record++) {
                    // Now all in one cell, now spread out.
                    counts[5 * m + (round % 2 == 0 ? 0 : random.nextInt(5))]++;
                }
            }

            long[] votes = VoteGrid.clientMeans(counts, records, marginals);

            BigInteger norm = BigInteger.valueOf((long) records * records).multiply(BigInteger.valueOf(marginals));
            BigInteger squares = BigInteger.ZERO;
            for (int j = 0; j < counts.length; j++) {
                BigInteger share =
                        BigInteger.valueOf(counts[j]).pow(2).shiftLeft(60).divide(norm);
                assertThat(BigInteger.valueOf(votes[j])).isEqualTo(share.sqrt());
                squares = squares.add(BigInteger.valueOf(votes[j]).pow(2));
            }
            assertThat(squares).isLessThanOrEqualTo(BigInteger.ONE.shiftLeft(60));
        }
    }

    @Test
    void countsThatAreNoDistributionsAreRefused() {
        assertThatThrownBy(() -> VoteGrid.clientMeans(new int[] {3, 2}, 3, 2))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("one cell of each marginal");
        assertThatThrownBy(() -> VoteGrid.clientMeans(new int[] {4, -1}, 3, 1)).isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> VoteGrid.clientMeans(new int[0], 0, 1)).isInstanceOf(PrivacyException.class);
    }

    /** The slow obvious way: floor(sqrt(count^2 2^60 / norm)) in big integers. */
    private static void assertExact(int[] counts) {
        BigInteger norm = BigInteger.ZERO;
        for (int count : counts) {
            norm = norm.add(BigInteger.valueOf(count).pow(2));
        }
        long[] votes = VoteGrid.clientVotes(counts);
        BigInteger squares = BigInteger.ZERO;
        for (int j = 0; j < counts.length; j++) {
            BigInteger exact = BigInteger.valueOf(counts[j])
                    .pow(2)
                    .multiply(ONE_SQUARED)
                    .divide(norm)
                    .sqrt();
            assertThat(votes[j]).isEqualTo(exact.longValueExact());
            squares = squares.add(BigInteger.valueOf(votes[j]).pow(2));
        }
        assertThat(squares).isLessThanOrEqualTo(ONE_SQUARED);
    }

    @Test
    void noiseVarianceIsRoundedUpFromTheExactProduct() {
        assertThat(VoteGrid.noiseVariance(1)).isEqualTo(ONE_SQUARED);
        assertThat(VoteGrid.noiseVariance(0x1p-10)).isEqualTo(BigInteger.ONE.shiftLeft(40));
        assertThat(VoteGrid.noiseVariance(0x1p24)).isEqualTo(BigInteger.ONE.shiftLeft(108));
        // (1 + 2^-52)^2 * 2^60 = 2^60 + 2^9 + 2^-44.
        assertThat(VoteGrid.noiseVariance(Math.nextUp(1.0))).isEqualTo(ONE_SQUARED.add(BigInteger.valueOf(513)));
    }
}

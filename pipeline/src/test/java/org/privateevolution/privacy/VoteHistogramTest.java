package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VoteHistogramTest {
    private static final long ONE = VoteGrid.ONE_VOTE;

    @Test
    void releaseAddsTheChargedNoiseToEveryCandidate() {
        VoteHistogram histogram = new VoteHistogram(7);
        histogram.add(2, ONE);
        histogram.add(2, ONE);
        histogram.add(6, VoteGrid.vote(3));
        long[] noise = SeededNoise.of(11).sample(VoteGrid.noiseVariance(4.5), 7);
        NoisyHistogram noisy = histogram.release(charge(4.5), SeededNoise.of(11));
        for (int i = 0; i < 7; i++) {
            long clean = i == 2 ? 2 * ONE : i == 6 ? VoteGrid.vote(3) : 0;
            assertThat(noisy.gridVotes(i)).isEqualTo(clean + noise[i]);
        }
        assertThat(noisy.noiseMultiplier()).isEqualTo(4.5);
        assertThat(noisy.releaseId()).isEqualTo("vote-001");
    }

    @Test
    void totalDoesNotDependOnPartitionsOrOrder() throws Exception {
        Random random = new Random(5);
        List<int[]> votes = new ArrayList<>();
        for (int i = 0; i < 3001; i++) {
            votes.add(new int[] {random.nextInt(97), 1 + random.nextInt(32)});
        }
        VoteHistogram whole = cast(votes);
        NoisyHistogram expected = whole.release(charge(2), SeededNoise.of(1));
        for (int partitions : new int[] {1, 2, 13, 101}) {
            Collections.shuffle(votes, random);
            List<VoteHistogram> parts = new ArrayList<>();
            int size = votes.size() / partitions + 1;
            for (int from = 0; from < votes.size(); from += size) {
                parts.add(throughJava(cast(votes.subList(from, Math.min(votes.size(), from + size)))));
            }
            while (parts.size() > 1) {
                VoteHistogram one = parts.remove(random.nextInt(parts.size()));
                VoteHistogram other = parts.remove(random.nextInt(parts.size()));
                parts.add(throughJava(one.merge(other)));
            }
            assertThat(parts.get(0).release(charge(2), SeededNoise.of(1))).isEqualTo(expected);
        }
    }

    private static VoteHistogram cast(List<int[]> votes) {
        VoteHistogram histogram = new VoteHistogram(97);
        votes.forEach(vote -> histogram.add(vote[0], VoteGrid.vote(vote[1])));
        return histogram;
    }

    @Test
    void histogramIsReleasedOnceAndThenEmpty() {
        VoteHistogram histogram = new VoteHistogram(3);
        histogram.release(charge(1), DiscreteGaussian.secure());
        Charge unused = charge(1);
        assertThatThrownBy(() -> histogram.release(unused, DiscreteGaussian.secure()))
                .isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> histogram.add(0, 1)).isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> histogram.merge(new VoteHistogram(3))).isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> new VoteHistogram(3).merge(histogram)).isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> throughJava(histogram)).isInstanceOf(NotSerializableException.class);
        assertThat(new VoteHistogram(3)
                        .release(unused, DiscreteGaussian.secure())
                        .candidates())
                .isEqualTo(3);
    }

    @Test
    void chargeServesOneHistogram() {
        Charge charge = charge(1);
        new VoteHistogram(3).release(charge, DiscreteGaussian.secure());
        assertThatThrownBy(() -> new VoteHistogram(3).release(charge, DiscreteGaussian.secure()))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("vote-001");
    }

    @Test
    void noCountLeavesExceptThroughRelease() {
        for (Method method : VoteHistogram.class.getDeclaredMethods()) {
            if (!Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic()) {
                assertThat(method.getName()).isIn("add", "addUnit", "merge", "candidates", "release", "toString");
            }
        }
        VoteHistogram histogram = new VoteHistogram(5);
        histogram.add(1, 424_242);
        assertThat(histogram.toString()).isEqualTo("VoteHistogram over 5 candidates");
        assertThat(Arrays.stream(VoteHistogram.class.getDeclaredFields())
                        .filter(field -> !Modifier.isPrivate(field.getModifiers())))
                .isEmpty();
    }

    @Test
    void overflowIsRefusedWithoutNamingCounts() throws Exception {
        VoteHistogram histogram = new VoteHistogram(2);
        histogram.add(1, ONE);
        for (int doubling = 0; doubling < 32; doubling++) {
            histogram.merge(throughJava(histogram));
        }
        VoteHistogram full = throughJava(histogram);
        assertThatThrownBy(() -> histogram.merge(full))
                .isInstanceOf(PrivacyException.class)
                .hasMessage("the votes for a candidate exceed 2^33");
    }

    @Test
    void votesOutsideTheHistogramOrTheGridAreRefused() {
        VoteHistogram histogram = new VoteHistogram(4);
        assertThatThrownBy(() -> histogram.add(-1, 1)).isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> histogram.add(4, 1)).isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> histogram.add(0, -1)).isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> histogram.add(0, ONE + 1)).isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> histogram.merge(new VoteHistogram(5))).hasMessageContaining("4 and 5");
        assertThatThrownBy(() -> histogram.merge(histogram)).hasMessageContaining("twice");
        assertThatThrownBy(() -> new VoteHistogram(0)).hasMessageContaining("0");
    }

    @Test
    void unitWhoseNormExceedsOneVoteIsRefusedWhole() {
        VoteHistogram histogram = new VoteHistogram(4);
        long half = VoteGrid.vote(2);
        histogram.addUnit(new int[] {0, 3}, new long[] {half, half});
        histogram.addUnit(new int[] {1}, new long[] {ONE});
        histogram.addUnit(new int[0], new long[0]);
        assertRefused(histogram, new int[] {0, 3}, half + 1, half + 1);
        assertRefused(histogram, new int[] {0, 3}, ONE, 1);
        assertRefused(histogram, new int[] {3, 0}, half, half);
        assertRefused(histogram, new int[] {2, 2}, half, half);
        assertRefused(histogram, new int[] {0, 4}, half, half);
        assertRefused(histogram, new int[] {0}, half, half);
        assertRefused(histogram, new int[] {0}, -1);
        assertRefused(histogram, new int[] {0, 1, 2, 3}, ONE, ONE, ONE, ONE);
    }

    private static void assertRefused(VoteHistogram histogram, int[] candidates, long... votes) {
        assertThatThrownBy(() -> histogram.addUnit(candidates, votes)).isInstanceOf(PrivacyException.class);
    }

    @Test
    void forgedSerialFormIsRefused() throws Exception {
        VoteHistogram histogram = new VoteHistogram(1);
        histogram.add(0, 0x1234);
        byte[] bytes = serialized(histogram);
        // The one count is the last thing in the stream but for the end mark.
        bytes[bytes.length - 9] = (byte) 0x80;
        assertThatThrownBy(() -> deserialized(bytes))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageNotContaining("1234");
    }

    /**
     * The guarantee seen from outside. For one candidate, the best event to tell 6 votes from 5 is a threshold, where
     * P6 - e^epsilon P5 is delta(epsilon). The test estimates this difference through the ledger's charge, the
     * histogram and the sampler, to 6.5 standard deviations (one false failure in 1e10), from both sides, so that half
     * and double the noise fail, too.
     */
    @Tag("statistics")
    @Test
    void empiricalPrivacyLossIsTheAccountedOne() {
        double multiplier = 1.3;
        double epsilon = .7;
        assertThat(Math.abs(deviationFromAccounted(multiplier, multiplier, epsilon)))
                .isLessThan(6.5);
        assertThat(deviationFromAccounted(multiplier * .95, multiplier, epsilon))
                .isGreaterThan(6.5);
        assertThat(deviationFromAccounted(multiplier * 1.05, multiplier, epsilon))
                .isLessThan(-6.5);
    }

    private static double deviationFromAccounted(double actual, double claimed, double epsilon) {
        int trials = 300_000;
        double threshold = 5.5 + epsilon * claimed * claimed;
        double with = shareAbove(threshold, 6, actual, trials);
        double without = shareAbove(threshold, 5, actual, trials);
        double estimate = with - Math.exp(epsilon) * without;
        double variance = (with * (1 - with) + Math.exp(2 * epsilon) * without * (1 - without)) / trials;
        double accounted = Accountant.of(Adjacency.ADD_REMOVE).plus(claimed, 1).delta(epsilon);
        return (estimate - accounted) / Math.sqrt(variance);
    }

    private static double shareAbove(double threshold, int votes, double multiplier, int trials) {
        DiscreteGaussian noise = DiscreteGaussian.secure();
        int above = 0;
        for (int trial = 0; trial < trials; trial++) {
            VoteHistogram histogram = new VoteHistogram(1);
            for (int vote = 0; vote < votes; vote++) {
                histogram.add(0, ONE);
            }
            if (histogram.release(charge(multiplier), noise).votes(0) > threshold) {
                above++;
            }
        }
        return above / (double) trials;
    }

    @Test
    void noisyHistogramIsAValue() {
        long[] votes = {ONE, -ONE / 2, 3};
        NoisyHistogram histogram = NoisyHistogram.restored("vote-002", 2, votes);
        votes[0] = 0;
        assertThat(histogram.votes(0)).isEqualTo(1.0);
        assertThat(histogram.votes(1)).isEqualTo(-.5);
        assertThat(histogram.gridVotes(2)).isEqualTo(3);
        assertThat(histogram.candidates()).isEqualTo(3);
        assertThat(histogram)
                .isEqualTo(NoisyHistogram.restored("vote-002", 2, new long[] {ONE, -ONE / 2, 3}))
                .hasSameHashCodeAs(NoisyHistogram.restored("vote-002", 2, new long[] {ONE, -ONE / 2, 3}))
                .isNotEqualTo(NoisyHistogram.restored("vote-003", 2, new long[] {ONE, -ONE / 2, 3}))
                .isNotEqualTo(NoisyHistogram.restored("vote-002", 3, new long[] {ONE, -ONE / 2, 3}))
                .isNotEqualTo(NoisyHistogram.restored("vote-002", 2, new long[] {ONE, -ONE / 2, 4}))
                .hasToString("NoisyHistogram vote-002 over 3 candidates, noise multiplier 2.0");
        assertThatThrownBy(() -> NoisyHistogram.restored("vote-002", 2, new long[0]))
                .hasMessageContaining("no candidates");
        assertThatThrownBy(() -> NoisyHistogram.restored("", 2, votes)).hasMessageContaining("release id");
        assertThatThrownBy(() -> NoisyHistogram.restored("vote-002", Double.NaN, votes))
                .hasMessageContaining("noise multiplier");
        assertThat(BigInteger.valueOf(histogram.gridVotes(0))).isEqualTo(BigInteger.ONE.shiftLeft(VoteGrid.BITS));
    }

    private static Charge charge(double noiseMultiplier) {
        return new Charge(LedgerEntry.after(
                null,
                new Release(
                        "vote-001",
                        "run",
                        "fingerprint",
                        Release.Kind.VOTES,
                        noiseMultiplier,
                        PrivacyUnit.RECORD,
                        Adjacency.ADD_REMOVE,
                        "",
                        Instant.EPOCH)));
    }

    private static VoteHistogram throughJava(VoteHistogram histogram) throws IOException, ClassNotFoundException {
        return deserialized(serialized(histogram));
    }

    private static byte[] serialized(VoteHistogram histogram) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(histogram);
        }
        return bytes.toByteArray();
    }

    private static VoteHistogram deserialized(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (VoteHistogram) in.readObject();
        }
    }
}

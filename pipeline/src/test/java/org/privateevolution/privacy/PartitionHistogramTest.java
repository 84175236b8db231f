package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PartitionHistogramTest {

    private static final long ONE = VoteGrid.ONE_VOTE;
    private static final double NOISE = 2;

    @Test
    void noiseIsThatOfCellsAndOfPartitionsAboveTheFloorInTheOrderOfTheirNames() {
        PartitionThreshold threshold = PartitionThreshold.of(NOISE, 1e-3, 1);
        PartitionHistogram histogram = new PartitionHistogram(2, threshold);
        histogram.addCell(1, 3 * ONE);
        histogram.addCell(1, ONE);
        histogram.addPartition("0:z", 100 * ONE);
        histogram.addPartition("0:a", 90 * ONE);
        histogram.addPartition("0:few", threshold.floor() - 1);

        NoisyHistogram released = histogram.release(charge(NOISE, 1e-3), SeededNoise.of(7));

        long[] noise = SeededNoise.of(7).sample(VoteGrid.noiseVariance(NOISE), 4);
        assertThat(released.partitions()).containsExactly("0:a", "0:z");
        assertThat(new long[] {
                    released.gridVotes(0), released.gridVotes(1), released.gridVotes(2), released.gridVotes(3)
                })
                .containsExactly(noise[0], 4 * ONE + noise[1], 90 * ONE + noise[2], 100 * ONE + noise[3]);
    }

    @Test
    void thresholdIsAVoteAndTheNoiseAboveTheFloor() {
        PartitionThreshold threshold = PartitionThreshold.of(3, 1e-6, 20);

        double needed = 1 + 3 * Math.sqrt(2 * Math.log(20 / 1e-6));
        assertThat(VoteGrid.votes(threshold.floor())).isCloseTo(needed / 4, within(1e-6));
        assertThat(threshold.votes()).isCloseTo(needed * 5 / 4, within(1e-6));
        assertThat(threshold.passing()).isGreaterThanOrEqualTo((long) (threshold.floor() + needed * ONE));
    }

    /** Whatever others there are: a partition that only just is above the floor through the unit, or its own. */
    @Test
    @Tag("statistics")
    void aUnitsOwnPartitionPassesWithAtMostTheStatedProbability() {
        double delta = 0.2;
        int partitions = 3;
        int rounds = 20_000;
        PartitionThreshold threshold = PartitionThreshold.of(NOISE, delta, partitions);
        DiscreteGaussian noise = SeededNoise.of(5);
        int passed = 0;
        for (int i = 0; i < rounds; i++) {
            PartitionHistogram histogram = new PartitionHistogram(1, threshold);
            for (int p = 0; p < partitions; p++) {
                histogram.addPartition("0:" + p, threshold.floor() - 1 + ONE);
            }
            passed +=
                    histogram.release(charge(NOISE, delta), noise).partitions().isEmpty() ? 0 : 1;
        }

        System.out.printf("%d of %d releases held a value of one unit alone; delta is %s%n", passed, rounds, delta);
        double spread = Math.sqrt(delta * (1 - delta) / rounds);
        // The bound is not empty: the tail of a Gaussian is about a tenth of it.
        assertThat((double) passed / rounds).isBetween(delta / 50, delta + 4 * spread);
    }

    @Test
    void aUnitsVotesHaveANormOfAtMostOne() {
        long half = VoteGrid.vote(4);
        PartitionHistogram.requireUnit(new long[] {half, half, half, half}, 2, 2);

        assertThatThrownBy(() -> PartitionHistogram.requireUnit(new long[] {half, half, half, half + 1}, 2, 2))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("L2 norm");
        assertThatThrownBy(() -> PartitionHistogram.requireUnit(new long[] {half, half}, 2, 1))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("more than 1 partitions");
        assertThatThrownBy(() -> PartitionHistogram.requireUnit(new long[] {-1}, 0, 1))
                .isInstanceOf(PrivacyException.class);
    }

    @Test
    void isReleasedOnceUnderOneCharge() {
        PartitionHistogram histogram = new PartitionHistogram(1, PartitionThreshold.of(NOISE, 1e-3, 1));
        Charge charge = charge(NOISE, 1e-3);
        histogram.release(charge, SeededNoise.of(1));

        assertThatThrownBy(() -> histogram.release(charge(NOISE, 1e-3), SeededNoise.of(1)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("has been released");
        PartitionHistogram other = new PartitionHistogram(1, PartitionThreshold.of(NOISE, 1e-3, 1));
        assertThatThrownBy(() -> other.release(charge, SeededNoise.of(1))).isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> histogram.addCell(0, 1)).isInstanceOf(PrivacyException.class);
    }

    @Test
    void anotherThresholdThanWasChargedIsRefused() {
        PartitionHistogram histogram = new PartitionHistogram(1, PartitionThreshold.of(NOISE, 1e-3, 1));

        assertThatThrownBy(() -> histogram.release(charge(NOISE, 1e-4), SeededNoise.of(1)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("threshold");
    }

    @Test
    void aPartitionComesAsAWhole() {
        PartitionHistogram histogram = new PartitionHistogram(1, PartitionThreshold.of(NOISE, 1e-3, 1));
        histogram.addPartition("0:a", 50 * ONE);

        assertThatThrownBy(() -> histogram.addPartition("0:a", 50 * ONE)).isInstanceOf(PrivacyException.class);
    }

    @Test
    void namesArePartOfWhatWasReleased() {
        NoisyHistogram a = NoisyHistogram.restored("d", 1, new long[] {1, 2, 3}, List.of("0:a", "0:b"));
        NoisyHistogram b = NoisyHistogram.restored("d", 1, new long[] {1, 2, 3}, List.of("0:a0", "0:b"));

        assertThat(a.digest()).isNotEqualTo(b.digest());
        assertThat(a).isNotEqualTo(b);
        assertThatThrownBy(() -> NoisyHistogram.restored("d", 1, new long[] {1, 2}, List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NoisyHistogram.restored("d", 1, new long[] {1, 2, 3}, List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Charge charge(double noiseMultiplier, double thresholdDelta) {
        Release release = new Release(
                "discovery",
                "run",
                "fingerprint",
                Release.Kind.DISCOVERY,
                noiseMultiplier,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "",
                Instant.EPOCH,
                "discovery",
                0.5,
                thresholdDelta);
        return new Ledger(new InMemoryLedger()).charge(release);
    }
}

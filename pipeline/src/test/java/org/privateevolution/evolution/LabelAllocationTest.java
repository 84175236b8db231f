package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.Seed;

class LabelAllocationTest {

    @Test
    void countsSumToTheTotalWhateverTheShares() {
        RandomGenerator random = new Seed(3).generator();
        for (int round = 0; round < 997; round++) {
            int labels = 1 + random.nextInt(17);
            double[] shares = random.doubles(labels, 0, 3).toArray();
            int total = random.nextInt(5003);
            int[] counts = LabelAllocation.allocate(total, shares);
            assertThat(Arrays.stream(counts).sum()).isEqualTo(total);
            double sum = Arrays.stream(shares).sum();
            for (int label = 0; label < labels; label++) {
                assertThat(Math.abs(counts[label] - shares[label] / sum * total))
                        .isLessThan(1);
            }
        }
    }

    @Test
    void equalRemaindersGoToTheLowestLabel() {
        assertThat(LabelAllocation.allocate(5, new double[] {1, 1, 1})).containsExactly(2, 2, 1);
    }

    @Test
    void aLabelWithoutShareGetsNothing() {
        assertThat(LabelAllocation.allocate(7, new double[] {0, 1, 0, 1})).containsExactly(0, 4, 0, 3);
    }

    @Test
    void negativeNoisyCountsBecomeNoShare() {
        assertThat(LabelAllocation.shares(new double[] {-3, 5, 0})).containsExactly(0, 5, 0);
    }

    @Test
    void noisyCountsThatAreAllNegativeGiveEqualShares() {
        assertThat(LabelAllocation.shares(new double[] {-3, -5, 0})).containsExactly(1, 1, 1);
    }

    @Test
    void sharesThatAreNoNumbersAreRefused() {
        assertThatThrownBy(() -> LabelAllocation.allocate(5, new double[] {Double.NaN, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LabelAllocation.allocate(5, new double[] {0, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

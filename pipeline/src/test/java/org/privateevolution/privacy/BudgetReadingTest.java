package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BudgetReadingTest {

    private static final double DELTA = 1e-6;

    @Test
    void noiseThatWasChosenForAnEpsilonCostsThatEpsilon() {
        for (double target : new double[] {0.1, 0.5, 1, 1.2345, 3, 10}) {
            for (int votes : new int[] {1, 7, 30}) {
                Accountant none = Accountant.of(Adjacency.ADD_REMOVE);
                Accountant spent = none.plus(none.noiseMultiplier(target, DELTA, votes), votes);

                assertThat(BudgetReading.spent(spent, DELTA)).isBetween(target * (1 - 1e-12), target);
            }
        }
    }

    /** Every stated figure is one for which the accountant proves the guarantee, and hardly more than the least one. */
    @Test
    void whatIsStatedIsProved() {
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            Adjacency adjacency = i % 2 == 0 ? Adjacency.ADD_REMOVE : Adjacency.REPLACE_ONE;
            Accountant releases = Accountant.of(adjacency)
                    .plus(1 + 50 * random.nextDouble(), 1 + random.nextInt(20))
                    .plus(1 + 50 * random.nextDouble(), 1);

            double stated = BudgetReading.spent(releases, DELTA);

            assertThat(stated).isLessThanOrEqualTo(releases.epsilon(DELTA));
            assertThat(stated == releases.epsilon(DELTA) || releases.within(stated, DELTA))
                    .isTrue();
            assertThat(releases.within(stated * (1 - 1e-9), DELTA)).isFalse();
        }
    }

    /** Just above a number of six digits, the figure is not cut to that number. */
    @Test
    void whatExceedsAShortNumberIsNotShortened() {
        Accountant none = Accountant.of(Adjacency.ADD_REMOVE);
        Accountant slightlyMore = none.plus(none.noiseMultiplier(1, DELTA, 1) * (1 - 1e-8), 1);

        assertThat(BudgetReading.spent(slightlyMore, DELTA)).isGreaterThan(1);
    }

    @Test
    void nothingCostsNothing() {
        assertThat(BudgetReading.spent(Accountant.of(Adjacency.ADD_REMOVE), DELTA))
                .isZero();
    }
}

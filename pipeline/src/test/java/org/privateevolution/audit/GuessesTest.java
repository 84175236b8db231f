package org.privateevolution.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.GaussianAccounting;
import org.privateevolution.privacy.PrivacyUnit;

class GuessesTest {

    @Test
    void theHighestAreTakenToBeInAndTheLowestToBeOut() {
        double[] scores = {3, -1, 2, 0, 1, -2};
        boolean[] coins = {true, false, false, true, true, true};

        assertThat(Guesses.of(scores, coins, 2)).isEqualTo(new Guesses(2, 1));
        assertThat(Guesses.of(scores, coins, 4)).isEqualTo(new Guesses(4, 2));
        assertThat(Guesses.of(scores, coins, 5)).isEqualTo(new Guesses(4, 2));
        assertThat(Guesses.of(scores, coins, 60)).isEqualTo(new Guesses(6, 3));
    }

    @Test
    void aShareOfTheCanariesIsGuessedAndTheirNumberIsEven() {
        int loose = Guesses.best(10_000, GaussianAccounting.mu(8, 1e-5), 1e-5, 0.95);
        int strict = Guesses.best(10_000, GaussianAccounting.mu(1, 1e-5), 1e-5, 0.95);

        assertThat(loose).isBetween(100, 1_000).isEven();
        assertThat(strict).isBetween(100, 1_000).isEven();
    }

    /** At the claim's own delta the theorem's bound is never below 2 delta, and no guess could contradict a claim. */
    @Test
    void publishedSamplesThatTellEveryCoinContradictTheClaim() {
        List<Double> scores = new ArrayList<>();
        List<Boolean> coins = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2_000; i++) {
            coins.add(random.nextBoolean());
            scores.add(coins.get(i) ? 1 + random.nextDouble() : random.nextDouble());
        }
        double mu = GaussianAccounting.mu(1, 1e-5);
        Claim claim = new Claim(1, 1e-5, mu, mu, 3, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE);

        BlackBox told = BlackBox.of(claim, 0.95, List.of(new BlackBox.Scored(scores, coins, 40)), 300);
        Collections.shuffle(scores, new Random(5));
        BlackBox nothing = BlackBox.of(claim, 0.95, List.of(new BlackBox.Scored(scores, coins, 40)), 300);

        assertThat(told.contradicts()).isTrue();
        assertThat(told.pValue()).isLessThan(1e-7);
        assertThat(nothing.contradicts()).isFalse();
        assertThat(OneRunBound.pValue(2_000, 300, 300, 1, 1e-5)).isGreaterThan(Check.FALSE_ALARMS);
    }
}

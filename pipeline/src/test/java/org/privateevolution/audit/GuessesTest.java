package org.privateevolution.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.privateevolution.privacy.GaussianAccounting;

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
    void fewCanariesOrMuchPrivacyAskForManyGuessesAndLittlePrivacyForFew() {
        int loose = Guesses.best(10_000, GaussianAccounting.mu(8, 1e-5), 1e-5, 0.95);
        int strict = Guesses.best(10_000, GaussianAccounting.mu(1, 1e-5), 1e-5, 0.95);

        assertThat(loose).isBetween(10, 1_000);
        assertThat(strict).isBetween(20, 10_000).isEven();
    }
}

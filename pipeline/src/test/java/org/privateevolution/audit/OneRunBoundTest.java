package org.privateevolution.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.privacy.GaussianAccounting;

class OneRunBoundTest {

    private static final MathContext EXACT = new MathContext(60);

    /** Without delta the bound is that of a binomial: all r of r right say q^r = 1 - confidence. */
    @ParameterizedTest
    @CsvSource({"10, 0.95", "100, 0.95", "317, 0.99"})
    void withoutDeltaAllRightIsTheClosedForm(int guesses, double confidence) {
        double q = Math.pow(1 - confidence, 1.0 / guesses);

        assertThat(OneRunBound.epsilon(1000, guesses, guesses, 0, confidence))
                .isCloseTo(Math.log(q / (1 - q)), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 20, 15, 0.5, 1e-5",
        "1000, 100, 80, 1, 1e-5",
        "1000, 101, 60, 0.1, 1e-3",
        "500, 37, 37, 2, 1e-6",
        "400, 400, 230, 0.3, 1e-4",
        "50, 10, 1, 0, 1e-2"
    })
    void thePValueIsThatOfTheTheorem(int canaries, int guesses, int correct, double epsilon, double delta) {
        assertThat(OneRunBound.pValue(canaries, guesses, correct, epsilon, delta))
                .isCloseTo(independent(canaries, guesses, correct, epsilon, delta), within(1e-9));
    }

    /** By definition: every term in 60 digits, no tail function, no early end. */
    private static double independent(int canaries, int guesses, int correct, double epsilon, double delta) {
        BigDecimal q = BigDecimal.valueOf(1 / (1 + Math.exp(-epsilon)));
        BigDecimal beta = BigDecimal.ZERO;
        for (int k = correct; k <= guesses; k++) {
            beta = beta.add(probability(guesses, k, q));
        }
        BigDecimal alpha = BigDecimal.ZERO;
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 1; i <= correct; i++) {
            sum = sum.add(probability(guesses, correct - i, q));
            alpha = alpha.max(sum.divide(BigDecimal.valueOf(i), EXACT));
        }
        return Math.min(1, beta.doubleValue() + 2 * canaries * delta * alpha.doubleValue());
    }

    private static BigDecimal probability(int n, int k, BigDecimal q) {
        BigInteger choices = BigInteger.ONE;
        for (int i = 1; i <= k; i++) {
            choices = choices.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
        }
        return new BigDecimal(choices)
                .multiply(q.pow(k, EXACT), EXACT)
                .multiply(BigDecimal.ONE.subtract(q).pow(n - k, EXACT), EXACT);
    }

    @Test
    void guessesAtRandomSayNothing() {
        assertThat(OneRunBound.epsilon(1000, 100, 50, 1e-5, 0.95)).isZero();
        assertThat(OneRunBound.epsilon(1000, 0, 0, 1e-5, 0.95)).isZero();
    }

    @Test
    void moreRightGuessesSayMoreAndMoreConfidenceSaysLess() {
        double last = -1;
        for (int correct = 60; correct <= 100; correct += 5) {
            double bound = OneRunBound.epsilon(1000, 100, correct, 1e-6, 0.95);
            assertThat(bound).isGreaterThanOrEqualTo(last);
            assertThat(OneRunBound.epsilon(1000, 100, correct, 1e-6, 0.99)).isLessThanOrEqualTo(bound);
            last = bound;
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> OneRunBound.pValue(10, 11, 3, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 right of 11 guesses at 10 coins is not possible");
        assertThatThrownBy(() -> OneRunBound.pValue(10, 5, 6, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * Normal scores of 20,000 canaries, the mean of 16 audits: close to what another program has found for the
     * honest run, for noise that is drawn anew (mu sqrt 2) and for half the noise (2 mu). Seeds are fixed; the
     * tolerance is that program's own spread over 8 audits.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0.50", "1, 1.4142135, 0.80", "1, 2, 1.28",
        "2, 1, 1.23", "2, 1.4142135, 1.69", "2, 2, 2.52",
        "4, 1, 2.31", "4, 1.4142135, 3.09", "4, 2, 4.01"
    })
    void normalScoresGiveTheBoundsOfAnotherProgram(double claim, double fault, double expected) {
        double mu = fault * GaussianAccounting.mu(claim, 1e-5);
        int canaries = 20_000;
        int audits = 16;
        double best = 0;
        for (int guesses : new int[] {50, 100, 200, 400}) {
            double sum = 0;
            for (int audit = 0; audit < audits; audit++) {
                SplittableRandom random = new SplittableRandom(1_000 + audit);
                double[] scores = new double[canaries];
                boolean[] coins = new boolean[canaries];
                for (int i = 0; i < canaries; i++) {
                    coins[i] = random.nextBoolean();
                    scores[i] = random.nextGaussian() + (coins[i] ? mu : 0);
                }
                Guesses made = Guesses.of(scores, coins, guesses);
                sum += OneRunBound.epsilon(canaries, made.made(), made.correct(), 1e-5, 0.95);
            }
            best = Math.max(best, sum / audits);
        }

        assertThat(best).isCloseTo(expected, within(0.25));
    }
}

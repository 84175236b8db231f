package org.privateevolution.audit;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.special.Beta;

/**
 * A bound on epsilon from guesses at coins, whatever the distributions of noise and scores: Steinke, Nasr and Jagielski
 * (2023, arXiv 2305.08846), theorem 5.2. Of m canaries, each in with probability 1/2, r are guessed from released
 * numbers, by a rule that was fixed beforehand. If the run is (epsilon, delta)-differentially private, then with
 * {@code q = e^epsilon / (1 + e^epsilon)} the probability of v or more right guesses is at most
 *
 * <pre>P[Bin(r, q) >= v] + 2 m delta max over i = 1..v of P[v > Bin(r, q) >= v - i] / i.</pre>
 */
public final class OneRunBound {

    private static final int BISECTIONS = 40;

    private OneRunBound() {}

    /**
     * An upper bound on the probability of this many right guesses or more in an (epsilon, delta)-differentially
     * private run.
     *
     * @param canaries m
     * @param guesses r, 0 to m
     * @param correct v, 0 to r
     * @param epsilon 0 or more
     * @param delta 0 or more, less than 1
     * @return 0 to 1
     */
    public static double pValue(int canaries, int guesses, int correct, double epsilon, double delta) {
        if (!(0 <= correct && correct <= guesses && guesses <= canaries)) {
            throw new IllegalArgumentException(
                    correct + " right of " + guesses + " guesses at " + canaries + " coins is not possible");
        }
        if (correct == 0) {
            return 1;
        }
        double right = 1 / (1 + Math.exp(-epsilon));
        double beta = right == 1 ? 1 : Beta.regularizedBeta(right, correct, guesses - correct + 1.0);
        if (delta == 0) {
            return Math.min(1, beta);
        }
        BinomialDistribution binomial = new BinomialDistribution(null, guesses, right);
        double alpha = 0;
        double sum = 0;
        for (int i = 1; i <= correct; i++) {
            sum += binomial.probability(correct - i);
            alpha = Math.max(alpha, sum / i);
            if (alpha >= 1.0 / (i + 1)) {
                // No later quotient is larger, because a sum never exceeds 1.
                break;
            }
        }
        return Math.min(1, beta + 2.0 * canaries * delta * alpha);
    }

    /**
     * The lower bound: the run is not (epsilon, delta)-differentially private for any smaller epsilon, except with a
     * probability of at most {@code 1 - confidence}.
     *
     * @param confidence more than 0, less than 1
     * @return 0 or more
     */
    public static double epsilon(int canaries, int guesses, int correct, double delta, double confidence) {
        double doubt = 1 - confidence;
        double low = 0;
        double high = 1;
        while (pValue(canaries, guesses, correct, high, delta) < doubt) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = low + (high - low) / 2;
            if (pValue(canaries, guesses, correct, middle, delta) < doubt) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

package org.privateevolution.audit;

import java.util.List;
import org.privateevolution.privacy.GaussianAccounting;

/**
 * Tests whether guesses at coins are better than what a Gaussian mechanism of the claimed mu reveals. Such a mechanism
 * is (epsilon', delta')-differentially private at every delta', with epsilon' by its trade-off function. The test uses
 * a delta' so small that the term {@code 2 m delta'} of {@link OneRunBound} cannot hide a failure. With the delta of a
 * claim it could: the probability is then never below 2 delta.
 */
final class GuessTest {

    /** The value of m delta': far below the probability at which a check fails. */
    private static final double CANARIES_TIMES_DELTA = 1e-9;

    private GuessTest() {}

    /**
     * What is known of one run: a score of each canary, higher, if anything, for canaries that are in, and the coins.
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Scored(double[] scores, boolean[] coins) {}

    /**
     * An upper bound on the probability of at least as many right guesses. The number of guesses follows from the
     * claim.
     *
     * @param mu claimed for everything that the scores are computed from, more than 0
     * @param runs on equally many canaries each, at least one
     */
    static double pValue(double mu, List<Scored> runs) {
        int canaries = runs.stream().mapToInt(run -> run.scores().length).sum();
        double delta = CANARIES_TIMES_DELTA / canaries;
        int guessesARun = Guesses.best(canaries, mu, delta, 1 - Check.LEAST) / runs.size();
        Guesses guesses = Guesses.NONE;
        for (Scored run : runs) {
            guesses = guesses.plus(Guesses.of(run.scores(), run.coins(), guessesARun));
        }
        return OneRunBound.pValue(
                canaries, guesses.made(), guesses.correct(), GaussianAccounting.epsilon(mu, delta), delta);
    }
}

package org.privateevolution.audit;

import java.util.List;
import org.privateevolution.privacy.GaussianAccounting;

/**
 * A test that guesses at coins follow from no more than a Gaussian mechanism of the claimed mu gives away. Such a
 * mechanism is (epsilon', delta')-differentially private at every delta', with the epsilon' of its trade-off. The test
 * takes a delta' so small that the term {@code 2 m delta'} of {@link OneRunBound} cannot hide a failure, as it does at
 * the delta of a claim: there the probability is never below 2 delta.
 */
final class GuessTest {

    /** m delta': far below the probability at which a check fails. */
    private static final double CANARIES_TIMES_DELTA = 1e-9;

    private GuessTest() {}

    /** What is known of one run: a score of each canary, higher for those that are in, if anything, and the coins. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Scored(double[] scores, boolean[] coins) {}

    /**
     * An upper bound on the probability of as many right guesses or more. Their number follows from the claim.
     *
     * @param mu claimed of all that the scores follow from, more than 0
     * @param runs on as many canaries each, at least one
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

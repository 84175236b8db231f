package org.privateevolution.audit;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Guesses at coins: the half with the highest scores is taken to be in, the half with the lowest to be out, of the
 * rest nothing is said.
 *
 * @param made number of guesses
 * @param correct how many of them are right
 */
public record Guesses(int made, int correct) {

    /** Ratio of neighbouring numbers of guesses that are tried. */
    private static final double STEP = 1.2;

    private static final int FEWEST = 10;

    /** No guess. */
    static final Guesses NONE = new Guesses(0, 0);

    /**
     * Makes guesses.
     *
     * @param scores one a canary; those that are in have higher ones, if anything
     * @param coins whether each is in
     * @param guesses how many, fixed before any score is seen; an odd number is made even
     */
    public static Guesses of(double[] scores, boolean[] coins, int guesses) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        int half = Math.min(guesses, scores.length) / 2;
        int correct = 0;
        for (int i = 0; i < half; i++) {
            correct += coins[order[i]] ? 0 : 1;
            correct += coins[order[scores.length - 1 - i]] ? 1 : 0;
        }
        return new Guesses(2 * half, correct);
    }

    /** These and those of another run on canaries of its own. */
    Guesses plus(Guesses other) {
        return new Guesses(made + other.made, correct + other.correct);
    }

    /**
     * The number of guesses that lets expect the largest bound, if scores are normal with distance mu between those
     * that are in and out. Known before the run: it depends on what the run claims, and on nothing that is released.
     *
     * @param canaries at least 2
     * @param mu more than 0
     */
    public static int best(int canaries, double mu, double delta, double confidence) {
        int best = 2 * (canaries / 2);
        double largest = -1;
        for (double tried = FEWEST; tried <= canaries; tried *= STEP) {
            int guesses = 2 * (int) (tried / 2);
            double right = rightShare(guesses / (double) canaries, mu);
            double bound = OneRunBound.epsilon(canaries, guesses, (int) Math.floor(guesses * right), delta, confidence);
            if (bound > largest) {
                largest = bound;
                best = guesses;
            }
        }
        return best;
    }

    /** Share of right guesses, if the outermost {@code share} of scores is guessed. */
    private static double rightShare(double share, double mu) {
        // By symmetry both ends are alike. Find the score that share / 2 of all exceed.
        double low = -10;
        double high = mu + 10;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if ((StandardNormal.above(middle) + StandardNormal.above(middle - mu)) / 2 > share / 2) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double in = StandardNormal.above(low - mu);
        return in / (in + StandardNormal.above(low));
    }
}

package org.privateevolution.audit;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Guesses at coins: the canaries with the highest scores, half the number of guesses, are guessed to be in, and those
 * with the lowest scores, the other half, to be out. The remaining canaries are not guessed.
 *
 * @param made number of guesses
 * @param correct number of right guesses
 */
public record Guesses(int made, int correct) {

    /** Ratio between successive numbers of guesses that are tried. */
    private static final double STEP = 1.2;

    private static final int FEWEST = 10;

    /** No guess. */
    static final Guesses NONE = new Guesses(0, 0);

    /**
     * Makes guesses.
     *
     * @param scores one per canary; higher, if anything, for canaries that are in
     * @param coins whether each canary is in
     * @param guesses number of guesses, fixed before any score is seen; an odd number is made even
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

    /** These guesses and those of another run on its own canaries. */
    Guesses plus(Guesses other) {
        return new Guesses(made + other.made, correct + other.correct);
    }

    /**
     * The number of guesses with the largest expected bound if scores are normal, with distance mu between canaries
     * that are in and out. It is known before the run: it depends on the run's claim, not on anything released.
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

    /** The expected share of right guesses if the outermost {@code share} of scores is guessed. */
    private static double rightShare(double share, double mu) {
        // By symmetry both ends are alike. Find the score that is exceeded by share / 2 of all scores.
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

package org.privateevolution.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * What published samples reveal about the canaries. A canary's score is how much nearer it is to a published sample
 * than a control, which was never in the data.
 *
 * @param difference mean score of canaries that were in minus that of those that were out, in units of the scores'
 *     standard deviation
 * @param differenceError its standard error
 * @param epsilonBound lower bound without any assumption on the distribution of scores; a score must not depend on the
 *     coins of other canaries
 * @param pValue of guesses as good as these, if all releases are Gaussian and of the claimed mu
 */
public record BlackBox(
        int canaries,
        int published,
        double difference,
        double differenceError,
        Guesses guesses,
        double epsilonBound,
        double pValue) {

    /** The scores of one run. */
    public record Scored(List<Double> scores, List<Boolean> coins, int published) {
        public Scored {
            scores = List.copyOf(scores);
            coins = List.copyOf(coins);
        }
    }

    /**
     * Evaluates the scores of all runs.
     *
     * @param guessesARun number of guesses in each run, fixed before any run
     */
    public static BlackBox of(Claim claim, double confidence, List<Scored> runs, int guessesARun) {
        Guesses guesses = Guesses.NONE;
        List<Double> in = new ArrayList<>();
        List<Double> out = new ArrayList<>();
        List<GuessTest.Scored> tested = new ArrayList<>();
        int published = 0;
        for (Scored run : runs) {
            double[] scores =
                    run.scores().stream().mapToDouble(Double::doubleValue).toArray();
            boolean[] coins = new boolean[scores.length];
            for (int i = 0; i < scores.length; i++) {
                coins[i] = run.coins().get(i);
                (coins[i] ? in : out).add(scores[i]);
            }
            guesses = guesses.plus(Guesses.of(scores, coins, guessesARun));
            tested.add(new GuessTest.Scored(scores, coins));
            published += run.published();
        }
        int canaries = in.size() + out.size();
        double meanIn = mean(in);
        double meanOut = mean(out);
        double deviation = Math.sqrt((squares(in, meanIn) + squares(out, meanOut)) / (canaries - 2));
        return new BlackBox(
                canaries,
                published,
                deviation == 0 ? 0 : (meanIn - meanOut) / deviation,
                Math.sqrt(1.0 / in.size() + 1.0 / out.size()),
                guesses,
                OneRunBound.epsilon(canaries, guesses.made(), guesses.correct(), claim.delta(), confidence),
                GuessTest.pValue(claim.mu(), tested));
    }

    /** Whether the published samples reveal more about the canaries than the claim allows. */
    public boolean contradicts() {
        return new Check("guesses at coins", pValue, true, "").fails();
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double squares(List<Double> numbers, double mean) {
        return numbers.stream()
                .mapToDouble(number -> (number - mean) * (number - mean))
                .sum();
    }
}

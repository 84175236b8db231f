package org.privateevolution.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * What published samples say of the canaries: a canary's score is how much nearer than a control, which was never
 * in, it is to a published sample.
 *
 * @param difference mean score of canaries that were in less that of those that were out, in units of the scores'
 *     deviation
 * @param differenceError its standard error
 * @param epsilonBound lower bound without any assumption on the scores, which must not depend on each other's coins
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

    /** Scores of one run. */
    public record Scored(List<Double> scores, List<Boolean> coins, int published) {
        public Scored {
            scores = List.copyOf(scores);
            coins = List.copyOf(coins);
        }
    }

    /**
     * Measures.
     *
     * @param guessesARun number of guesses in each run, fixed before any of them
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

    /** Whether the published samples tell more of the canaries than the claim allows. */
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

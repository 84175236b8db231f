package org.privateevolution.evolution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.privateevolution.model.RunSpec.PopulationRule;

/**
 * Selects candidates of one label by their released votes. The answer always has as many entries as were requested:
 *
 * <ul>
 *   <li>sample selection draws with replacement, proportional to the votes above the threshold (0 if there is none);
 *   <li>rank selection takes the candidates with the most votes; if fewer survive the threshold than are asked for, the
 *       survivors are taken again, in the same order;
 *   <li>if nothing survives, the votes say nothing, and candidates are drawn uniformly: with replacement for sample
 *       selection, as seldom repeated as possible for rank selection.
 * </ul>
 */
public final class Selector {

    private Selector() {}

    /**
     * What was selected.
     *
     * @param indices selected candidates, counted from the label's first, best first for rank selection
     * @param survivors candidates whose votes passed the threshold
     */
    public record Outcome(int[] indices, int survivors) {

        /** Whether no candidate survived, so that the selection is uniform. */
        public boolean uniform() {
            return survivors == 0;
        }
    }

    /**
     * Selects {@code count} candidates.
     *
     * @param votes released votes of the label's candidates, at least one
     * @param count at least 0
     */
    public static Outcome select(PopulationRule rule, double[] votes, int count, RandomGenerator random) {
        if (votes.length == 0) {
            throw new IllegalArgumentException("there is no candidate to select from");
        }
        return switch (rule.selection()) {
            case SAMPLE -> sample(votes, rule.threshold().orElse(0), count, random);
            case RANK -> rank(votes, rule.threshold().orElse(Double.NEGATIVE_INFINITY), count, random);
            case ESTIMATE -> throw new IllegalArgumentException("an estimate selects nothing: it is drawn from");
        };
    }

    private static Outcome sample(double[] votes, double threshold, int count, RandomGenerator random) {
        double[] cumulative = new double[votes.length];
        double sum = 0;
        int survivors = 0;
        for (int i = 0; i < votes.length; i++) {
            double weight = votes[i] - threshold;
            if (weight > 0) {
                sum += weight;
                survivors++;
            }
            cumulative[i] = sum;
        }
        int[] indices = new int[count];
        for (int n = 0; n < count; n++) {
            indices[n] =
                    survivors == 0 ? random.nextInt(votes.length) : firstAbove(cumulative, random.nextDouble() * sum);
        }
        return new Outcome(indices, survivors);
    }

    /** Index of the first entry greater than {@code value}; entries without weight repeat their predecessor. */
    private static int firstAbove(double[] cumulative, double value) {
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > value) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static Outcome rank(double[] votes, double threshold, int count, RandomGenerator random) {
        int[] ranked = IntStream.range(0, votes.length)
                .filter(i -> votes[i] > threshold)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -votes[i]).thenComparingInt(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] order = ranked.length == 0 ? shuffled(votes.length, random) : ranked;
        int[] indices = new int[count];
        Arrays.setAll(indices, n -> order[n % order.length]);
        return new Outcome(indices, ranked.length);
    }

    private static int[] shuffled(int size, RandomGenerator random) {
        int[] order = IntStream.range(0, size).toArray();
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}

package org.privateevolution.estimate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws points in proportion to their weights, by systematic sampling (Madow and Madow 1944): it reads the cumulative
 * weights at n equally spaced places that share one uniform offset. A point with x expected copies gets floor(x) or
 * ceil(x) of them, x on average. The shares of single points, and of runs of neighbouring points, are therefore off by
 * less than 1/n each, whereas independent draws are off by about 1/sqrt(n). Regions of points that are close to each
 * other in the order of the pool are thus drawn accurately, too.
 */
public final class EvenDraw {

    private EvenDraw() {}

    /**
     * Draws {@code count} points, with as many copies of each as its weight demands.
     *
     * @param weights finite, at least 0, one of them above 0
     * @param count at least 0
     * @param random gives the offset; nothing else is drawn from it
     * @return indices of points in ascending order
     */
    public static int[] of(double[] weights, int count, RandomGenerator random) {
        double sum = requireWeights(weights, count);
        return systematic(weights, sum, count, count, random);
    }

    /**
     * Draws {@code count} points with as few copies as possible: at most one of each if there are at least
     * {@code count} points with weight, otherwise at most ceil(count / points with weight). For samples such as texts
     * and images, where copies are useless.
     *
     * <p>With m the cap, the expected number of copies of point i is min(m, c w_i), with c such that they sum to
     * {@code count}. Of all expected numbers x within the cap, these have the least divergence KL(x || count w / sum
     * w): by the conditions of Karush, Kuhn and Tucker, log(x_i / w_i) is the same constant for all points below the
     * cap, and less for those at the cap. Systematic sampling meets these expectations exactly and never exceeds the
     * cap.
     *
     * @param weights finite, at least 0, one of them above 0
     * @param count at least 0
     * @param random gives the offset; nothing else is drawn from it
     * @return indices of points in ascending order
     */
    public static int[] distinct(double[] weights, int count, RandomGenerator random) {
        requireWeights(weights, count);
        return systematic(copies(weights, count), count, count, cap(weights, count), random);
    }

    /**
     * The expected number of copies of each point in {@link #distinct}: min(cap, c w), which sum to {@code count}. To
     * represent the weights, a copy of a point must count its weight divided by this number (Horvitz and Thompson
     * 1952): the same for all points below the cap, more for those at the cap.
     *
     * @param weights finite, at least 0, one of them above 0
     * @param count at least 0
     */
    public static double[] expectedCopies(double[] weights, int count) {
        requireWeights(weights, count);
        return copies(weights, count);
    }

    private static double[] copies(double[] weights, int count) {
        int[] heaviestFirst = IntStream.range(0, weights.length)
                .filter(i -> weights[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -weights[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int cap = cap(weights, count);
        // Sums of the tail, lightest first, so that small weights are not lost beside large ones.
        double[] tail = new double[heaviestFirst.length + 1];
        for (int k = heaviestFirst.length - 1; k >= 0; k--) {
            tail[k] = tail[k + 1] + weights[heaviestFirst[k]];
        }
        double[] copies = new double[weights.length];
        int capped = 0;
        while (capped < heaviestFirst.length
                && weights[heaviestFirst[capped]] * (count - (double) cap * capped) >= cap * tail[capped]) {
            copies[heaviestFirst[capped++]] = cap;
        }
        for (int k = capped; k < heaviestFirst.length; k++) {
            copies[heaviestFirst[k]] = weights[heaviestFirst[k]] / tail[capped] * (count - (double) cap * capped);
        }
        return copies;
    }

    /** The smallest cap under which the points with weight suffice for {@code count} copies. */
    private static int cap(double[] weights, int count) {
        return (int) Math.ceil(count
                / (double) Arrays.stream(weights).filter(weight -> weight > 0).count());
    }

    /**
     * Place n lies at n + offset on a scale on which all weights sum to {@code count}. Rounding never breaks the cap.
     */
    private static int[] systematic(double[] weights, double sum, int count, int cap, RandomGenerator random) {
        double offset = random.nextDouble();
        long left = Arrays.stream(weights).filter(weight -> weight > 0).count();
        int[] drawn = new int[count];
        double passed = 0;
        int n = 0;
        for (int i = 0; i < weights.length && n < count; i++) {
            if (weights[i] > 0) {
                passed += weights[i];
                left--;
                double placesPassed = Math.ceil(passed / sum * count - offset);
                long least = Math.max(n, count - cap * left);
                long most = Math.min((long) n + cap, count);
                int end = (int) Math.max(least, Math.min(placesPassed, most));
                Arrays.fill(drawn, n, end, i);
                n = end;
            }
        }
        return drawn;
    }

    private static double requireWeights(double[] weights, int count) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0)) {
                throw new IllegalArgumentException(
                        "point " + i + " has the weight " + weights[i] + ", not one of at least 0");
            }
            sum += weights[i];
        }
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY) || count < 0) {
            throw new IllegalArgumentException(
                    "cannot draw " + count + " of " + weights.length + " points whose weights sum to " + sum);
        }
        return sum;
    }
}

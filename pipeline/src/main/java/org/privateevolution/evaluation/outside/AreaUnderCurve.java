package org.privateevolution.evaluation.outside;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;

/** Area under the receiver operating characteristic (Hanley and McNeil 1982). */
public final class AreaUnderCurve {

    private AreaUnderCurve() {}

    /**
     * The share of pairs of a positive and a negative in which the positive has the larger score; ties count half.
     *
     * @return 0 to 1; empty if there is no positive or no negative
     */
    public static OptionalDouble of(double[] scores, boolean[] positive) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        double ranks = 0;
        long positives = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0;
            for (int i = from; i < to; i++) {
                if (positive[order[i]]) {
                    positives++;
                    ranks += rank;
                }
            }
            from = to;
        }
        long negatives = scores.length - positives;
        if (positives == 0 || negatives == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((ranks - positives * (positives + 1.0) / 2) / ((double) positives * negatives));
    }

    /** The standard error of an area, by formula (2) of the paper with exponential scores. */
    public static double error(double area, long positives, long negatives) {
        double q1 = area / (2 - area);
        double q2 = 2 * area * area / (1 + area);
        double variance =
                area * (1 - area) + (positives - 1) * (q1 - area * area) + (negatives - 1) * (q2 - area * area);
        return Math.sqrt(Math.max(0, variance) / ((double) positives * negatives));
    }
}

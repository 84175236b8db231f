package org.privateevolution.estimate;

import java.util.Arrays;
import java.util.List;

/**
 * The pool: points by index, with prior weights and labels. Only the ratios of prior weights within a label matter.
 *
 * <p>The weights of a label sum to its own {@link Total}, and its prior is a distribution over its own points, so only
 * releases connect labels. If no release has a cell with points of two labels, solving for all labels at once gives the
 * same weights as solving for each label alone.
 */
public final class Points {
    private final double[] prior;
    private final int[] labelOf;
    private final List<Total> totals;

    private Points(double[] prior, int[] labelOf, List<Total> totals) {
        this.prior = prior;
        this.labelOf = labelOf;
        this.totals = totals;
    }

    /**
     * A pool with several labels.
     *
     * @param prior of each point, finite, at least 0; a point with 0 never gets weight; copied
     * @param labelOf label of each point, an index into {@code totals}; copied
     * @param totals one per label; unless it can be 0, the label needs a point with a prior above 0
     */
    public static Points of(double[] prior, int[] labelOf, List<? extends Total> totals) {
        if (prior.length != labelOf.length || totals.isEmpty()) {
            throw new IllegalArgumentException("there are " + prior.length + " prior weights for " + labelOf.length
                    + " labelled points and " + totals.size() + " totals");
        }
        double[] mass = new double[totals.size()];
        for (int i = 0; i < prior.length; i++) {
            if (!(prior[i] >= 0 && prior[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "point " + i + " has the prior weight " + prior[i] + "; these are finite and at least 0");
            }
            if (labelOf[i] < 0 || labelOf[i] >= totals.size()) {
                throw new IllegalArgumentException(
                        "point " + i + " has the label " + labelOf[i] + "; there are " + totals.size() + " labels");
            }
            mass[labelOf[i]] += prior[i];
        }
        for (int label = 0; label < mass.length; label++) {
            if (!(mass[label] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "the prior weights of label " + label + " have no finite sum: divide them by their greatest");
            }
            if (mass[label] == 0 && !totals.get(label).equals(new Total.Known(0))) {
                throw new IllegalArgumentException("label " + label + " has no point with a prior weight above 0: "
                        + "give it one, or the known total 0");
            }
        }
        return new Points(prior.clone(), labelOf.clone(), List.copyOf(totals));
    }

    /** A pool with one label. */
    public static Points of(double[] prior, Total total) {
        return of(prior, new int[prior.length], List.of(total));
    }

    /** The number of points. */
    public int size() {
        return prior.length;
    }

    /** The number of labels. */
    public int labels() {
        return totals.size();
    }

    /** The label of a point. */
    public int label(int point) {
        return labelOf[point];
    }

    /** The prior weight of a point. */
    public double prior(int point) {
        return prior[point];
    }

    /** What is known about the sum of a label's weights. */
    public Total total(int label) {
        return totals.get(label);
    }

    /** Sums {@code values} over the points of each label. */
    double[] sums(double[] values) {
        double[] sums = new double[labels()];
        for (int i = 0; i < labelOf.length; i++) {
            sums[labelOf[i]] += values[i];
        }
        return sums;
    }

    /** Logarithms of the sums over the points of each label, from logarithms of the values. */
    double[] logSums(double[] logs) {
        double[] greatest = new double[labels()];
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < labelOf.length; i++) {
            greatest[labelOf[i]] = Math.max(greatest[labelOf[i]], logs[i]);
        }
        double[] sums = new double[labels()];
        for (int i = 0; i < labelOf.length; i++) {
            sums[labelOf[i]] += logs[i] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(logs[i] - greatest[labelOf[i]]);
        }
        Arrays.setAll(sums, label -> sums[label] > 0 ? greatest[label] + Math.log(sums[label]) : greatest[label]);
        return sums;
    }

    /** Multiplies the value of each point by the factor of its label. */
    void multiply(double[] values, double[] factors) {
        for (int i = 0; i < labelOf.length; i++) {
            values[i] *= factors[labelOf[i]];
        }
    }
}

package org.privateevolution.evaluation.outside;

import java.util.OptionalDouble;

/**
 * How well classes are predicted, as scikit-learn defines it.
 *
 * @param accuracy share of rows whose class is predicted, 0 to 1
 * @param macroF1 the mean over the classes that occur or are predicted of 2 tp / (2 tp + fp + fn), 0 to 1
 * @param auc the mean over the classes that occur of the {@link AreaUnderCurve} of each against the rest; empty if
 *     only one does
 */
public record ClassificationScores(double accuracy, double macroF1, OptionalDouble auc) {

    /**
     * Scores predictions; the class predicted is the first of the largest probability.
     *
     * @param classes true class of each row, from 0
     * @param probabilities of each class, row by row
     */
    public static ClassificationScores of(int[] classes, double[][] probabilities) {
        if (classes.length == 0 || classes.length != probabilities.length) {
            throw new IllegalArgumentException(classes.length + " classes and " + probabilities.length
                    + " predictions: give as many, at least one");
        }
        int count = probabilities[0].length;
        long[] right = new long[count];
        long[] occurs = new long[count];
        long[] predicted = new long[count];
        for (int i = 0; i < classes.length; i++) {
            int best = largest(probabilities[i]);
            occurs[classes[i]]++;
            predicted[best]++;
            if (best == classes[i]) {
                right[best]++;
            }
        }
        double correct = 0;
        double f1 = 0;
        int scored = 0;
        for (int k = 0; k < count; k++) {
            correct += right[k];
            if (occurs[k] + predicted[k] > 0) {
                scored++;
                f1 += 2.0 * right[k] / (occurs[k] + predicted[k]);
            }
        }
        return new ClassificationScores(correct / classes.length, f1 / scored, auc(classes, probabilities, occurs));
    }

    private static OptionalDouble auc(int[] classes, double[][] probabilities, long[] occurs) {
        double sum = 0;
        int scored = 0;
        for (int k = 0; k < occurs.length; k++) {
            double[] scores = new double[classes.length];
            boolean[] positive = new boolean[classes.length];
            for (int i = 0; i < classes.length; i++) {
                scores[i] = probabilities[i][k];
                positive[i] = classes[i] == k;
            }
            OptionalDouble area = AreaUnderCurve.of(scores, positive);
            if (area.isPresent()) {
                sum += area.getAsDouble();
                scored++;
            }
        }
        return scored == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / scored);
    }

    private static int largest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}

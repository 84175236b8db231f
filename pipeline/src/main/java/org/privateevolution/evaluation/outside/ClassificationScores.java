package org.privateevolution.evaluation.outside;

import java.util.OptionalDouble;

/**
 * Scores of predicted classes, as scikit-learn defines them.
 *
 * @param accuracy share of rows whose class is predicted, 0 to 1
 * @param macroF1 mean of 2 tp / (2 tp + fp + fn) over the classes that occur or are predicted, 0 to 1
 * @param auc mean over the classes that occur of the {@link AreaUnderCurve} of each against the rest; empty if only one
 *     class occurs
 * @param f1Error standard error of the macro F1, as if the F1 of each class were a share of its rows
 * @param aucError standard error of the mean AUC, by {@link AreaUnderCurve#error} of each class and its number of rows,
 *     as if classes were independent; 0 if there is no AUC
 */
public record ClassificationScores(
        double accuracy, double macroF1, OptionalDouble auc, double f1Error, double aucError) {

    /**
     * Scores predictions. The predicted class is the first one with the largest probability.
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
        double f1Variance = 0;
        int scored = 0;
        for (int k = 0; k < count; k++) {
            correct += right[k];
            if (occurs[k] + predicted[k] > 0) {
                scored++;
                double ofClass = 2.0 * right[k] / (occurs[k] + predicted[k]);
                f1 += ofClass;
                f1Variance += ofClass * (1 - ofClass) / Math.max(1, occurs[k]);
            }
        }
        double sum = 0;
        double variance = 0;
        int areas = 0;
        for (int k = 0; k < count; k++) {
            OptionalDouble area = auc(classes, probabilities, k);
            if (area.isPresent()) {
                double error = AreaUnderCurve.error(area.getAsDouble(), occurs[k], classes.length - occurs[k]);
                sum += area.getAsDouble();
                variance += error * error;
                areas++;
            }
        }
        return new ClassificationScores(
                correct / classes.length,
                f1 / scored,
                areas == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / areas),
                Math.sqrt(f1Variance) / scored,
                areas == 0 ? 0 : Math.sqrt(variance) / areas);
    }

    private static OptionalDouble auc(int[] classes, double[][] probabilities, int k) {
        double[] scores = new double[classes.length];
        boolean[] positive = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            scores[i] = probabilities[i][k];
            positive[i] = classes[i] == k;
        }
        return AreaUnderCurve.of(scores, positive);
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

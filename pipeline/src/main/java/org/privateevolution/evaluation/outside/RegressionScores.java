package org.privateevolution.evaluation.outside;

/**
 * Scores of predicted numbers.
 *
 * @param r2 1 - (sum of squared errors) / (sum of squared deviations from the mean): at most 1, 0 for predicting the
 *     mean; 0 if the numbers are all equal
 * @param rmse root of the mean squared error, in units of the numbers
 */
public record RegressionScores(double r2, double rmse) {

    /** Scores the prediction of each number. */
    public static RegressionScores of(double[] numbers, double[] predicted) {
        if (numbers.length == 0 || numbers.length != predicted.length) {
            throw new IllegalArgumentException(
                    numbers.length + " numbers and " + predicted.length + " predictions: give as many, at least one");
        }
        double mean = 0;
        for (double number : numbers) {
            mean += number / numbers.length;
        }
        double errors = 0;
        double deviations = 0;
        for (int i = 0; i < numbers.length; i++) {
            errors += (numbers[i] - predicted[i]) * (numbers[i] - predicted[i]);
            deviations += (numbers[i] - mean) * (numbers[i] - mean);
        }
        return new RegressionScores(deviations == 0 ? 0 : 1 - errors / deviations, Math.sqrt(errors / numbers.length));
    }
}

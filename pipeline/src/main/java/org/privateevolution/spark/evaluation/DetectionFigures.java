package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.evaluation.outside.AreaUnderCurve;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.evaluation.outside.RecordVectors;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.spark.evaluation.Learner.Examples;

/**
 * How well a random forest distinguishes synthetic from real rows in three-fold cross-validation, and how well it
 * distinguishes held-out rows from the other real rows. Half of the real rows in the first comparison are held-out
 * ones, if there are enough.
 */
final class DetectionFigures {

    private static final int FOLDS = 3;
    private static final int FEATURE_CATEGORIES = 30;
    private static final int LEAST_ROWS = 30;

    private DetectionFigures() {}

    /** The figures; empty if there are too few rows. */
    static List<Figure> of(SparkSession spark, List<ComparedColumn> columns, SampledRows rows, long seed) {
        RecordVectors vectors = RecordVectors.forLearning(columns, FEATURE_CATEGORIES);
        List<double[]> genuine = new ArrayList<>();
        List<double[]> real = rows.real();
        List<double[]> holdout = rows.holdout();
        int size = Math.min(rows.synthetic().size(), real.size() + holdout.size());
        int held = Math.max(size - real.size(), Math.min(size / 2, holdout.size()));
        genuine.addAll(SampledRows.first(holdout, held));
        genuine.addAll(SampledRows.first(real, size - held));
        if (size < LEAST_ROWS) {
            return List.of();
        }
        double value = auc(spark, vectors, genuine, SampledRows.first(rows.synthetic(), size), seed);
        int second = Math.min(size, Math.min(real.size(), holdout.size()));
        OptionalDouble error = OptionalDouble.of(AreaUnderCurve.error(value, size, size));
        if (second < LEAST_ROWS) {
            return List.of(EvaluationMeasure.DETECTION_AUC.unjudged("", value, OptionalDouble.empty(), error));
        }
        double attained =
                auc(spark, vectors, SampledRows.first(real, second), SampledRows.first(holdout, second), seed);
        return List.of(EvaluationMeasure.DETECTION_AUC.figure(
                "",
                value,
                OptionalDouble.of(attained),
                Math.hypot(AreaUnderCurve.error(attained, size, size), AreaUnderCurve.error(attained, second, second)),
                error));
    }

    /** Alternates rows of both kinds, so that each fold has equally many of each. */
    private static double auc(
            SparkSession spark, RecordVectors vectors, List<double[]> genuine, List<double[]> others, long seed) {
        List<double[]> features = new ArrayList<>();
        double[] labels = new double[2 * genuine.size()];
        for (int i = 0; i < genuine.size(); i++) {
            features.add(vectors.all(genuine.get(i)));
            features.add(vectors.all(others.get(i)));
            labels[2 * i + 1] = 1;
        }
        Examples all = new Examples(features, labels);
        double[] scores = new double[0];
        boolean[] synthetic = new boolean[0];
        for (int fold = 0; fold < FOLDS; fold++) {
            Examples test = all.fold(fold, FOLDS, false);
            double[][] probabilities =
                    Learner.FOREST.probabilities(spark, 2, all.fold(fold, FOLDS, true), test, seed + fold);
            int from = scores.length;
            scores = Arrays.copyOf(scores, from + test.size());
            synthetic = Arrays.copyOf(synthetic, scores.length);
            for (int i = 0; i < test.size(); i++) {
                scores[from + i] = probabilities[i][1];
                synthetic[from + i] = test.labels()[i] == 1;
            }
        }
        return AreaUnderCurve.of(scores, synthetic).orElseThrow();
    }
}

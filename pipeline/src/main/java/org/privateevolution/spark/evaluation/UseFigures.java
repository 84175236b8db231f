package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.evaluation.outside.ClassificationScores;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.evaluation.outside.ComparedColumn.Numbers;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.evaluation.outside.RecordVectors;
import org.privateevolution.evaluation.outside.RegressionScores;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Use;
import org.privateevolution.spark.evaluation.Learner.Examples;

/**
 * How well models that learnt from synthetic rows predict held-out real rows, beside the same models that learnt from
 * as many real rows.
 */
final class UseFigures {

    /** Number of categories of a feature that have a component of their own. */
    private static final int FEATURE_CATEGORIES = 30;

    /** Number of categories of a target that count as different; the rest count as one. */
    private static final int TARGET_CATEGORIES = 19;

    /** Minimum number of rows of each kind; fewer tell nothing. */
    private static final int LEAST_ROWS = 20;

    /**
     * Models that learnt from fewer rows are not judged: they vary between training samples by more than their standard
     * errors, which only cover the rows that test them.
     */
    private static final int LEAST_TAUGHT = 200;

    private final SparkSession spark;
    private final List<ComparedColumn> columns;
    private final SampledRows rows;
    private final long seed;
    private final RecordVectors vectors;
    private final List<Use> use = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();

    UseFigures(SparkSession spark, List<ComparedColumn> columns, SampledRows rows, long seed) {
        this.spark = spark;
        this.columns = columns;
        this.rows = rows;
        this.seed = seed;
        this.vectors = RecordVectors.forLearning(columns, FEATURE_CATEGORIES);
    }

    List<Use> use() {
        return use;
    }

    List<Figure> figures() {
        return figures;
    }

    /**
     * Learns to predict a column from all others.
     *
     * @return whether there were enough rows
     */
    boolean learn(int target) {
        int size = Math.min(rows.real().size(), rows.synthetic().size());
        Examples real = examples(SampledRows.first(rows.real(), size), target);
        Examples synthetic = examples(SampledRows.first(rows.synthetic(), size), target);
        Examples test = examples(rows.holdout(), target);
        if (columns.size() < 2
                || test.size() < LEAST_ROWS
                || real.size() < LEAST_ROWS
                || synthetic.size() < LEAST_ROWS) {
            return false;
        }
        if (columns.get(target) instanceof Numbers) {
            numbers(target, real, synthetic, test);
        } else {
            categories(target, real, synthetic, test);
        }
        return true;
    }

    /** Examples for a target. Rows without a number to predict are left out; a missing category is a class. */
    private Examples examples(List<double[]> from, int target) {
        List<double[]> features = new ArrayList<>();
        List<Double> labels = new ArrayList<>();
        for (double[] codes : from) {
            boolean number = columns.get(target) instanceof Numbers;
            if (number && Double.isNaN(codes[target])) {
                continue;
            }
            features.add(vectors.without(target, codes));
            labels.add(number ? codes[target] : columns.get(target).cell(codes[target], TARGET_CATEGORIES));
        }
        return new Examples(
                features, labels.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private void categories(int target, Examples real, Examples synthetic, Examples test) {
        String name = columns.get(target).name();
        int classes = columns.get(target).cells(TARGET_CATEGORIES);
        int[] truth =
                Arrays.stream(test.labels()).mapToInt(label -> (int) label).toArray();
        ClassificationScores baseline = ClassificationScores.of(truth, majority(real.labels(), classes, test.size()));
        ClassificationScores bestReal = null;
        ClassificationScores bestSynthetic = null;
        for (Learner learner : Learner.values()) {
            ClassificationScores ofReal =
                    ClassificationScores.of(truth, learner.probabilities(spark, classes, real, test, seed));
            ClassificationScores ofSynthetic =
                    ClassificationScores.of(truth, learner.probabilities(spark, classes, synthetic, test, seed));
            add(name, learner, "accuracy", ofSynthetic.accuracy(), ofReal.accuracy(), baseline.accuracy());
            add(name, learner, "F1", ofSynthetic.macroF1(), ofReal.macroF1(), baseline.macroF1());
            if (ofReal.auc().isPresent()) {
                add(
                        name,
                        learner,
                        "AUC",
                        ofSynthetic.auc().getAsDouble(),
                        ofReal.auc().getAsDouble(),
                        0.5);
            }
            if (bestReal == null || ofReal.auc().orElse(0) > bestReal.auc().orElse(0)) {
                bestReal = ofReal;
                bestSynthetic = ofSynthetic;
            }
        }
        judgeCategories(name, real.size() >= LEAST_TAUGHT, bestReal, bestSynthetic);
    }

    private void judgeCategories(
            String name, boolean taught, ClassificationScores real, ClassificationScores synthetic) {
        if (real.auc().isEmpty()) {
            return;
        }
        double attained = real.auc().getAsDouble();
        double error = real.aucError();
        double value = synthetic.auc().getAsDouble();
        double f1Error = real.f1Error();
        boolean learnable = taught && attained > 0.5 + Math.max(EvaluationMeasure.USE_AUC.good(), 2 * error);
        figures.add(figure(EvaluationMeasure.USE_AUC, name, value, attained, error, learnable));
        figures.add(figure(EvaluationMeasure.USE_F1, name, synthetic.macroF1(), real.macroF1(), f1Error, learnable));
    }

    /**
     * A figure that is judged only if real rows can teach the target: otherwise synthetic rows that do not are not at
     * fault.
     */
    private static Figure figure(
            EvaluationMeasure measure, String name, double value, double attained, double error, boolean learnable) {
        OptionalDouble of = OptionalDouble.of(attained);
        return learnable
                ? measure.figure(name, value, of, error * Math.sqrt(2), OptionalDouble.of(error))
                : measure.unjudged(name, value, of, OptionalDouble.of(error));
    }

    private static double[][] majority(double[] labels, int classes, int rows) {
        double[] counts = new double[classes];
        for (double label : labels) {
            counts[(int) label] += 1.0 / labels.length;
        }
        double[][] all = new double[rows][];
        Arrays.fill(all, counts);
        return all;
    }

    private void numbers(int target, Examples real, Examples synthetic, Examples test) {
        String name = columns.get(target).name();
        double[] mean = new double[test.size()];
        Arrays.fill(mean, Arrays.stream(real.labels()).average().orElseThrow());
        RegressionScores baseline = RegressionScores.of(test.labels(), mean);
        RegressionScores bestReal = null;
        RegressionScores bestSynthetic = null;
        for (Learner learner : Learner.values()) {
            RegressionScores ofReal = RegressionScores.of(test.labels(), learner.numbers(spark, real, test, seed));
            RegressionScores ofSynthetic =
                    RegressionScores.of(test.labels(), learner.numbers(spark, synthetic, test, seed));
            add(name, learner, "R2", ofSynthetic.r2(), ofReal.r2(), baseline.r2());
            add(name, learner, "RMSE", ofSynthetic.rmse(), ofReal.rmse(), baseline.rmse());
            if (bestReal == null || ofReal.r2() > bestReal.r2()) {
                bestReal = ofReal;
                bestSynthetic = ofSynthetic;
            }
        }
        double r2 = bestReal.r2();
        double error = Math.sqrt(4 * Math.max(0, r2) * (1 - r2) * (1 - r2) / test.size());
        boolean learnable = real.size() >= LEAST_TAUGHT && r2 > Math.max(EvaluationMeasure.USE_R2.good(), 2 * error);
        figures.add(figure(EvaluationMeasure.USE_R2, name, bestSynthetic.r2(), r2, error, learnable));
    }

    private void add(String target, Learner learner, String score, double synthetic, double real, double baseline) {
        use.add(new Use(target, learner.title(), score, synthetic, real, OptionalDouble.of(baseline)));
    }
}

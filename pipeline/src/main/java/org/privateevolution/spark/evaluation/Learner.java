package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Models of Spark MLlib that are trained on some rows and predict for others. */
enum Learner {
    /**
     * 20 trees of depth 8. Each split considers as many features as the square root of their number, for regression a
     * third of them.
     */
    FOREST("random forest"),
    /** Logistic or linear regression with an L2 penalty of 0.01 on standardised features. */
    LINEAR("linear model");

    private static final int TREES = 20;
    private static final int DEPTH = 8;
    private static final int STEPS = 50;
    private static final double PENALTY = 0.01;

    private static final StructType SCHEMA = new StructType()
            .add("features", SQLDataTypes.VectorType(), false)
            .add("label", DataTypes.DoubleType, false);

    private final String title;

    Learner(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /**
     * Rows to learn from or to test on.
     *
     * @param features one array per row
     * @param labels class (from 0) or number of each row
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Examples(List<double[]> features, double[] labels) {
        Examples {
            if (features.size() != labels.length) {
                throw new IllegalArgumentException(features.size() + " rows have " + labels.length + " labels");
            }
        }

        int size() {
            return labels.length;
        }

        /** The rows whose index leaves a remainder when divided by {@code of}, or all other rows. */
        Examples fold(int remainder, int of, boolean others) {
            List<double[]> chosen = new ArrayList<>();
            List<Double> chosenLabels = new ArrayList<>();
            for (int i = 0; i < labels.length; i++) {
                if ((i % of == remainder) != others) {
                    chosen.add(features.get(i));
                    chosenLabels.add(labels[i]);
                }
            }
            return new Examples(
                    chosen,
                    chosenLabels.stream().mapToDouble(Double::doubleValue).toArray());
        }

        Dataset<Row> table(SparkSession spark) {
            List<Row> rows = new ArrayList<>(labels.length);
            for (int i = 0; i < labels.length; i++) {
                Vector vector = Vectors.dense(features.get(i)).compressed();
                rows.add(RowFactory.create(vector, labels[i]));
            }
            return spark.createDataFrame(rows, SCHEMA);
        }
    }

    /**
     * Trains a classifier and returns the probability of each class for each test row, in order.
     *
     * @param classes number of classes
     */
    double[][] probabilities(SparkSession spark, int classes, Examples training, Examples test, long seed) {
        double[] occurring = Arrays.stream(training.labels()).distinct().toArray();
        if (occurring.length < 2) {
            // With a single class there is nothing to learn.
            double[] same = new double[classes];
            for (double label : occurring) {
                same[(int) label] = 1;
            }
            double[][] all = new double[test.size()][];
            Arrays.fill(all, same);
            return all;
        }
        Dataset<Row> table = training.table(spark);
        table = table.withColumn(
                "label",
                functions
                        .col("label")
                        .as(
                                "label",
                                NominalAttribute.defaultAttr()
                                        .withName("label")
                                        .withNumValues(classes)
                                        .toMetadata()));
        Model<?> model = this == FOREST
                ? new RandomForestClassifier()
                        .setNumTrees(TREES)
                        .setMaxDepth(DEPTH)
                        .setSeed(seed)
                        .fit(table)
                : new LogisticRegression()
                        .setMaxIter(STEPS)
                        .setRegParam(PENALTY)
                        .fit(table);
        List<Row> predicted =
                model.transform(test.table(spark)).select("probability").collectAsList();
        return predicted.stream()
                .map(row -> Arrays.copyOf(((Vector) row.get(0)).toArray(), classes))
                .toArray(double[][]::new);
    }

    /** Trains a regression and returns the predicted number for each test row, in order. */
    double[] numbers(SparkSession spark, Examples training, Examples test, long seed) {
        double first = training.labels()[0];
        if (Arrays.stream(training.labels()).allMatch(label -> label == first)) {
            double[] same = new double[test.size()];
            Arrays.fill(same, first);
            return same;
        }
        Dataset<Row> table = training.table(spark);
        Model<?> model = this == FOREST
                ? new RandomForestRegressor()
                        .setNumTrees(TREES)
                        .setMaxDepth(DEPTH)
                        .setSeed(seed)
                        .fit(table)
                : new LinearRegression().setMaxIter(STEPS).setRegParam(PENALTY).fit(table);
        return model.transform(test.table(spark)).select("prediction").collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0))
                .toArray();
    }
}

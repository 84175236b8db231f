package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.privateevolution.evaluation.CramersV;

class ScoresTest {

    @Test
    void theAreaIsTheShareOfPairsInOrder() {
        double[] scores = {0.1, 0.4, 0.35, 0.8};
        boolean[] positive = {false, false, true, true};

        // The example of scikit-learn's roc_auc_score.
        assertThat(AreaUnderCurve.of(scores, positive)).hasValue(0.75);
        assertThat(AreaUnderCurve.of(new double[] {1, 1, 1}, new boolean[] {true, false, false}))
                .hasValue(0.5);
        assertThat(AreaUnderCurve.of(new double[] {1, 2}, new boolean[] {true, true}))
                .isEmpty();
    }

    @Test
    void theErrorOfAnAreaIsThatOfThePaper() {
        // Hanley and McNeil (1982), table II: an area of 0.8 with 50 and 50 has a standard error of about 0.045.
        assertThat(AreaUnderCurve.error(0.8, 50, 50)).isCloseTo(0.0445, within(5e-4));
        assertThat(AreaUnderCurve.error(1, 50, 50)).isZero();
    }

    @Test
    void classesAreScoredAsScikitLearnDoes() {
        int[] classes = {0, 1, 2, 0, 1, 2};
        double[][] probabilities = {
            {.8, .1, .1, 0}, {.1, .2, .7, 0}, {.2, .7, .1, 0}, {.9, .05, .05, 0}, {.6, .3, .1, 0}, {.2, .5, .3, 0}
        };

        ClassificationScores scores = ClassificationScores.of(classes, probabilities);

        // sklearn: accuracy_score 1/3, f1_score(average=macro) 0.26666, roc_auc_score(ovr, macro) of three classes; the
        // fourth neither occurs nor is predicted.
        assertThat(scores.accuracy()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(scores.macroF1()).isCloseTo((2 * 2 / 5.0) / 3, within(1e-12));
        double first = 1;
        double second = (2 + 2) / 8.0;
        double third = (2 + 3) / 8.0;
        assertThat(scores.auc().orElseThrow()).isCloseTo((first + second + third) / 3, within(1e-12));
    }

    @Test
    void errorsAreThoseOfTheNumbersOfRowsOfEachClass() {
        // Two rows of class 1 among twenty: one of them is ranked last, the other first.
        int[] classes = new int[20];
        double[][] probabilities = new double[20][];
        for (int i = 0; i < 20; i++) {
            classes[i] = i == 0 || i == 19 ? 1 : 0;
            probabilities[i] = new double[] {1 - i / 40.0, i / 40.0};
        }

        ClassificationScores scores = ClassificationScores.of(classes, probabilities);

        assertThat(scores.auc()).hasValue(0.5);
        double error = AreaUnderCurve.error(0.5, 2, 18);
        assertThat(error).isGreaterThan(1.5 * AreaUnderCurve.error(0.5, 10, 10));
        assertThat(scores.aucError()).isCloseTo(error * Math.sqrt(2) / 2, within(1e-12));
        // All rows are predicted to be of class 0: F1 of 36/38 from 18 rows, and of 0.
        double f1 = 36.0 / 38;
        assertThat(scores.f1Error()).isCloseTo(Math.sqrt(f1 * (1 - f1) / 18) / 2, within(1e-12));
    }

    @Test
    void theMeanExplainsNothing() {
        double[] numbers = {1, 2, 3, 6};

        RegressionScores mean = RegressionScores.of(numbers, new double[] {3, 3, 3, 3});
        RegressionScores exact = RegressionScores.of(numbers, numbers);

        assertThat(mean.r2()).isZero();
        assertThat(mean.rmse()).isCloseTo(Math.sqrt((4 + 1 + 0 + 9) / 4.0), within(1e-12));
        assertThat(exact).isEqualTo(new RegressionScores(1, 0));
    }

    @Test
    void associationOfCategoriesIsCramersV() {
        assertThat(CramersV.of(new double[] {5, 0, 0, 7}, 2, 2)).isCloseTo(1, within(1e-12));
        assertThat(CramersV.of(new double[] {2, 4, 3, 6}, 2, 2)).isCloseTo(0, within(1e-7));
        // chi^2 of {{10, 20}, {30, 5}} is 18.726..., n = 65; the third row and column do not occur.
        assertThat(CramersV.of(new double[] {10, 20, 0, 30, 5, 0, 0, 0, 0}, 3, 3))
                .isCloseTo(Math.abs(10 * 5 - 20 * 30) / Math.sqrt(30.0 * 35 * 40 * 25), within(1e-12));
        assertThat(CramersV.of(new double[] {10, 20}, 1, 2)).isZero();
    }
}

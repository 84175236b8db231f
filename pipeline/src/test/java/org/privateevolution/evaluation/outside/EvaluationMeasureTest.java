package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.Evaluation.Verdict;

class EvaluationMeasureTest {

    private static final OptionalDouble ATTAINABLE = OptionalDouble.of(0.5);

    @ParameterizedTest
    @EnumSource(EvaluationMeasure.class)
    void aFigureIsJudgedByHowMuchWorseItIs(EvaluationMeasure measure) {
        double worse = measure.measure().higherIsBetter() ? -1 : 1;
        double unit = measure.isRelative() ? 0.5 : 1;
        double good = 0.5 + worse * unit * measure.good() * 0.99;
        double fair = 0.5 + worse * unit * measure.fair() * 0.99;
        double poor = 0.5 + worse * unit * measure.fair() * 1.01;

        assertThat(verdict(measure, good, 0)).isEqualTo(Verdict.GOOD);
        assertThat(verdict(measure, fair, 0)).isEqualTo(Verdict.FAIR);
        assertThat(verdict(measure, poor, 0)).isEqualTo(Verdict.POOR);
        assertThat(verdict(measure, 0.5 - worse * 0.4, 0)).isEqualTo(Verdict.GOOD);
    }

    @ParameterizedTest
    @EnumSource(EvaluationMeasure.class)
    void whatChanceExplainsIsNotBad(EvaluationMeasure measure) {
        double worse = measure.measure().higherIsBetter() ? -1 : 1;
        double value = 0.5 + worse * (measure.fair() + 0.01);

        assertThat(verdict(measure, value, (measure.fair() + 0.02) / 3)).isEqualTo(Verdict.GOOD);
        assertThat(verdict(measure, value, (measure.fair() + 0.02) / 6)).isEqualTo(Verdict.FAIR);
    }

    @Test
    void onlyABadFigureHasAdvice() {
        EvaluationMeasure measure = EvaluationMeasure.TVD_1WAY;
        Figure good = measure.figure("c", 0.5, ATTAINABLE, 0, OptionalDouble.empty());
        Figure poor = measure.figure("c", 0.9, ATTAINABLE, 0, OptionalDouble.empty());
        Figure alone = measure.figure("c", 0.9, OptionalDouble.empty(), 0, OptionalDouble.empty());

        assertThat(good.advice()).isEmpty();
        assertThat(poor.advice()).isNotEmpty();
        assertThat(poor.insideGuarantee()).isFalse();
        assertThat(alone.verdict()).isEqualTo(Verdict.UNJUDGED);
        assertThat(alone.advice()).isEmpty();
    }

    @Test
    void theVerdictIsThatOfAsManyRowsAsTheSecondSampleHas() {
        Figure figure = EvaluationMeasure.TVD_3WAY.figure("", 0.1, 0.9, ATTAINABLE, 0, OptionalDouble.empty());

        assertThat(figure.value()).isEqualTo(0.1);
        assertThat(figure.verdict()).isEqualTo(Verdict.POOR);
    }

    @ParameterizedTest
    @EnumSource(EvaluationMeasure.class)
    void adviceIsWhatItsMakerCanStillDo(EvaluationMeasure measure) {
        assertThat(measure.advice(Maker.ESTIMATING_RUN)).isNotEmpty().doesNotContain("selection: estimate");
        assertThat(measure.advice(Maker.OTHER))
                .isNotEmpty()
                .doesNotContain("evolution.", "labels.column", "epsilon", "votes");
        Figure poor =
                measure.figure("", measure.measure().higherIsBetter() ? -9 : 9, ATTAINABLE, 0, OptionalDouble.empty());
        assertThat(EvaluationMeasure.advised(poor, Maker.OTHER).advice()).isEqualTo(measure.advice(Maker.OTHER));
    }

    private static Verdict verdict(EvaluationMeasure measure, double value, double spread) {
        return measure.figure("", value, ATTAINABLE, spread, OptionalDouble.empty())
                .verdict();
    }
}

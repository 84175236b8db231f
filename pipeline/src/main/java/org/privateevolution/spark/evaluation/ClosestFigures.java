package org.privateevolution.spark.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.privateevolution.evaluation.outside.ClosestRecords;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.model.Evaluation.Figure;

/**
 * Whether synthetic records lie closer to the records that they were made from than to as many others. Records that repeat
 * nobody are as often nearer to the one as to the other, and as far from both, whatever else is wrong with them.
 *
 * @param own closest records among those that the synthetic ones were made from
 * @param held among as many held-out ones
 * @param queries number of synthetic records
 */
record ClosestFigures(ClosestRecords own, ClosestRecords held, int queries) {

    List<Figure> figures() {
        double error = own.errorOfShareNearerThan(held);
        return List.of(
                EvaluationMeasure.NEARER_TRAINING.figure(
                        "", own.shareNearerThan(held), OptionalDouble.of(0.5), error, OptionalDouble.of(error)),
                quantile(EvaluationMeasure.DCR_P5, 0.05, own::quantile, held::quantile),
                quantile(EvaluationMeasure.DCR_MEDIAN, 0.5, own::quantile, held::quantile),
                quantile(EvaluationMeasure.DCR_RATIO, 0.5, own::ratioQuantile, held::ratioQuantile));
    }

    /** The standard error by the distances at the shares one standard error below and above. */
    private Figure quantile(
            EvaluationMeasure measure, double share, DoubleUnaryOperator toOwn, DoubleUnaryOperator toHeld) {
        return measure.figure(
                "",
                toOwn.applyAsDouble(share),
                OptionalDouble.of(toHeld.applyAsDouble(share)),
                error(toHeld, share) * Math.sqrt(2),
                OptionalDouble.of(error(toOwn, share)));
    }

    private double error(DoubleUnaryOperator quantile, double share) {
        double step = Math.sqrt(share * (1 - share) / queries);
        return (quantile.applyAsDouble(Math.min(1, share + step)) - quantile.applyAsDouble(Math.max(0, share - step)))
                / 2;
    }
}

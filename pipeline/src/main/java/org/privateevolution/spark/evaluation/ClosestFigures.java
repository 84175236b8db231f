package org.privateevolution.spark.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.privateevolution.evaluation.outside.ClosestRecords;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.model.Evaluation.Figure;

/**
 * Whether synthetic records lie closer to the records that they were made from than to as many others. Synthetic
 * records that repeat nobody are equally often nearer to either set, and equally far from both, however bad they are in
 * other respects.
 *
 * @param own distances to the closest of the records that the synthetic ones were made from
 * @param held distances to the closest of as many held-out records
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

    /**
     * A quantile of the distances. Its standard error comes from the distances at one standard error of the share below
     * and above.
     */
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

package org.privateevolution.spark.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.model.Evaluation.Figure;

/** How many synthetic records equal a real one, counted exactly. */
record IdenticalFigures(EncodedTable real, EncodedTable holdout, EncodedTable synthetic) {

    List<Figure> figures() {
        double training = synthetic.shareIn(real);
        if (holdout.count() == 0) {
            return List.of(EvaluationMeasure.IDENTICAL_TRAINING.figure(
                    "", training, OptionalDouble.empty(), 0, OptionalDouble.empty()));
        }
        return List.of(
                figure(EvaluationMeasure.IDENTICAL_TRAINING, training, holdout.shareIn(real), holdout.count()),
                figure(
                        EvaluationMeasure.IDENTICAL_HOLDOUT,
                        synthetic.shareIn(holdout),
                        real.shareIn(holdout),
                        real.count()));
    }

    /** @param second share among as many real rows other than those that are looked up */
    private Figure figure(EvaluationMeasure measure, double value, double second, long secondRows) {
        // Adds one equal row and one that is not (Laplace's rule): observing none does not mean that there is never
        // one.
        double share = (second * secondRows + 1) / (secondRows + 2);
        double spread = Math.sqrt(share * (1 - share) * (1.0 / secondRows + 1.0 / synthetic.count()));
        return measure.figure("", value, OptionalDouble.of(second), spread, OptionalDouble.empty());
    }
}

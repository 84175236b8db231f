package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.privateevolution.evaluation.outside.ClosestRecords;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.evaluation.outside.RecordVectors;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Whether synthetic rows repeat real ones. Identical rows are counted exactly. Distances are measured from a sample
 * of the synthetic rows to samples of the held-out and of as many real ones. Rows that repeat nobody are as often nearer
 * to the one as to the other, and as far from both, whatever else is wrong with them.
 */
final class MemoryFigures {

    /** Categories that differ from each other; others are one. */
    private static final int CATEGORIES = 60;

    private static final int LEAST_ROWS = 20;

    private final TableReference reference;
    private final EncodedTable synthetic;
    private final SampledRows rows;
    private final int records;
    private final List<Figure> figures = new ArrayList<>();

    /** @param records real and held-out rows that are looked up, at most */
    MemoryFigures(TableReference reference, EncodedTable synthetic, SampledRows rows, int records) {
        this.reference = reference;
        this.synthetic = synthetic;
        this.rows = rows;
        this.records = records;
    }

    List<Figure> figures() {
        identical();
        closest(reference.columns());
        return figures;
    }

    private void identical() {
        double training = synthetic.shareIn(reference.real());
        if (reference.holdout().count() == 0) {
            add(EvaluationMeasure.IDENTICAL_TRAINING, training, OptionalDouble.empty(), 0, OptionalDouble.empty());
            return;
        }
        identical(
                EvaluationMeasure.IDENTICAL_TRAINING,
                training,
                reference.holdout().shareIn(reference.real()),
                reference.holdout().count());
        identical(
                EvaluationMeasure.IDENTICAL_HOLDOUT,
                synthetic.shareIn(reference.holdout()),
                reference.real().shareIn(reference.holdout()),
                reference.real().count());
    }

    /** @param second what as many real rows attain that are not those looked up */
    private void identical(EvaluationMeasure measure, double value, double second, long secondRows) {
        // With one row more that is and one that is not: none at all does not mean that there never is one.
        double share = (second * secondRows + 1) / (secondRows + 2);
        double spread = Math.sqrt(share * (1 - share) * (1.0 / secondRows + 1.0 / synthetic.count()));
        add(measure, value, OptionalDouble.of(second), spread, OptionalDouble.empty());
    }

    private void closest(List<ComparedColumn> columns) {
        List<double[]> real = reference.real().sample(records);
        List<double[]> held = reference.holdout().sample(records);
        int size = Math.min(held.size(), real.size());
        if (columns.isEmpty() || size < LEAST_ROWS || rows.synthetic().size() < LEAST_ROWS) {
            return;
        }
        RecordVectors vectors = RecordVectors.forDistances(columns, CATEGORIES);
        NearestNeighborKernel kernel = Kernels.calibrated();
        int dimension = vectors.dimension();
        float[] training = vectors.of(SampledRows.first(real, size));
        float[] queries = vectors.of(rows.synthetic());
        ClosestRecords own = ClosestRecords.of(kernel, dimension, queries, training);
        float[] others = vectors.of(SampledRows.first(held, size));
        ClosestRecords toHeld = ClosestRecords.of(kernel, dimension, queries, others);
        double nearer = own.shareNearerThan(toHeld);
        double error = own.errorOfShareNearerThan(toHeld);
        add(EvaluationMeasure.NEARER_TRAINING, nearer, OptionalDouble.of(0.5), error, OptionalDouble.of(error));
        quantile(EvaluationMeasure.DCR_P5, 0.05, own::quantile, toHeld::quantile);
        quantile(EvaluationMeasure.DCR_MEDIAN, 0.5, own::quantile, toHeld::quantile);
        quantile(EvaluationMeasure.DCR_RATIO, 0.5, own::ratioQuantile, toHeld::ratioQuantile);
    }

    /** The standard error by the distances at the shares one standard error below and above. */
    private void quantile(
            EvaluationMeasure measure, double share, DoubleUnaryOperator own, DoubleUnaryOperator toHeld) {
        add(
                measure,
                own.applyAsDouble(share),
                OptionalDouble.of(toHeld.applyAsDouble(share)),
                error(toHeld, share) * Math.sqrt(2),
                OptionalDouble.of(error(own, share)));
    }

    private double error(DoubleUnaryOperator quantile, double share) {
        double step = Math.sqrt(share * (1 - share) / rows.synthetic().size());
        return (quantile.applyAsDouble(Math.min(1, share + step)) - quantile.applyAsDouble(Math.max(0, share - step)))
                / 2;
    }

    private void add(
            EvaluationMeasure measure, double value, OptionalDouble attainable, double spread, OptionalDouble error) {
        figures.add(measure.figure("", value, attainable, spread, error));
    }
}

package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.privateevolution.evaluation.outside.ClosestRecords;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.evaluation.outside.RecordVectors;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Whether synthetic rows repeat real ones. Identical rows are counted exactly. Distances are measured from a sample
 * of the synthetic rows to samples of the held-out and of as many real ones. A second real sample is as often nearer
 * to the one as to the other; its distances are those of held-out rows.
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
        double second = reference.holdout().shareIn(reference.real());
        long held = reference.holdout().count();
        // With one row more that is and one that is not: none at all does not mean that there never is one.
        double share = (second * held + 1) / (held + 2);
        double spread = Math.sqrt(2 * share * (1 - share) / Math.min(held, synthetic.count()));
        OptionalDouble attainable = OptionalDouble.of(second);
        add(EvaluationMeasure.IDENTICAL_TRAINING, training, attainable, spread, OptionalDouble.empty());
        double inHoldout = synthetic.shareIn(reference.holdout());
        add(EvaluationMeasure.IDENTICAL_HOLDOUT, inHoldout, attainable, spread, OptionalDouble.empty());
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
        List<double[]> second = SampledRows.first(held, rows.synthetic().size());
        ClosestRecords ofSecond = ClosestRecords.of(kernel, dimension, vectors.of(second), training);
        float[] others = vectors.of(SampledRows.first(held, size));
        double nearer = own.shareNearerThan(ClosestRecords.of(kernel, dimension, queries, others));
        // Beside the queries, the records that are looked up are drawn at random.
        double error = Math.sqrt(0.25 / rows.synthetic().size() + 0.25 / size);
        add(EvaluationMeasure.NEARER_TRAINING, nearer, OptionalDouble.of(0.5), error, OptionalDouble.of(error));
        quantile(EvaluationMeasure.DCR_P5, 0.05, own, ofSecond, second.size());
        quantile(EvaluationMeasure.DCR_MEDIAN, 0.5, own, ofSecond, second.size());
        add(
                EvaluationMeasure.DCR_RATIO,
                own.medianRatio(),
                OptionalDouble.of(ofSecond.medianRatio()),
                0,
                OptionalDouble.empty());
    }

    /** The standard error by the distances at the shares one standard error below and above. */
    private void quantile(
            EvaluationMeasure measure, double share, ClosestRecords own, ClosestRecords second, int size) {
        add(
                measure,
                own.quantile(share),
                OptionalDouble.of(second.quantile(share)),
                error(second, share, size) * Math.sqrt(2),
                OptionalDouble.of(error(own, share, rows.synthetic().size())));
    }

    private static double error(ClosestRecords records, double share, int size) {
        double step = Math.sqrt(share * (1 - share) / size);
        return (records.quantile(Math.min(1, share + step)) - records.quantile(Math.max(0, share - step))) / 2;
    }

    private void add(
            EvaluationMeasure measure, double value, OptionalDouble attainable, double spread, OptionalDouble error) {
        figures.add(measure.figure("", value, attainable, spread, error));
    }
}

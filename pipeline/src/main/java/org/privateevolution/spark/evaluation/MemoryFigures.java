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
 * Whether synthetic rows repeat real ones. Identical rows are counted exactly. Distances are measured between samples: to half of
 * the held-out rows and as many real ones; the other half of the held-out rows are the second real sample.
 */
final class MemoryFigures {

    /** Categories that differ from each other; others are one. */
    private static final int CATEGORIES = 60;

    private static final int LEAST_ROWS = 20;

    private final TableReference reference;
    private final EncodedTable synthetic;
    private final SampledRows rows;
    private final List<Figure> figures = new ArrayList<>();

    MemoryFigures(TableReference reference, EncodedTable synthetic, SampledRows rows) {
        this.reference = reference;
        this.synthetic = synthetic;
        this.rows = rows;
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
        double spread = Math.sqrt(second * (1 - second) / reference.holdout().count());
        OptionalDouble attainable = OptionalDouble.of(second);
        add(EvaluationMeasure.IDENTICAL_TRAINING, training, attainable, spread, OptionalDouble.empty());
        double held = synthetic.shareIn(reference.holdout());
        add(EvaluationMeasure.IDENTICAL_HOLDOUT, held, attainable, spread, OptionalDouble.empty());
    }

    private void closest(List<ComparedColumn> columns) {
        RecordVectors vectors = RecordVectors.forDistances(columns, CATEGORIES);
        int half = rows.holdout().size() / 2;
        int size = Math.min(half, rows.real().size());
        if (size < LEAST_ROWS || rows.synthetic().size() < LEAST_ROWS) {
            return;
        }
        NearestNeighborKernel kernel = Kernels.calibrated();
        int dimension = vectors.dimension();
        float[] training = vectors.of(SampledRows.first(rows.real(), size));
        float[] held = vectors.of(SampledRows.first(rows.holdout(), size));
        float[] second = vectors.of(rows.holdout().subList(half, half + size));
        float[] queries = vectors.of(rows.synthetic());
        ClosestRecords own = ClosestRecords.of(kernel, dimension, queries, training);
        ClosestRecords ofSecond = ClosestRecords.of(kernel, dimension, second, training);
        double nearer = own.shareNearerThan(ClosestRecords.of(kernel, dimension, queries, held));
        double secondNearer = ofSecond.shareNearerThan(ClosestRecords.of(kernel, dimension, second, held));
        // Beside the queries, the records that are looked up are drawn at random.
        double error = Math.sqrt(nearer * (1 - nearer) / rows.synthetic().size() + 0.25 / size);
        add(
                EvaluationMeasure.NEARER_TRAINING,
                nearer,
                OptionalDouble.of(secondNearer),
                Math.sqrt(0.25 / size),
                OptionalDouble.of(error));
        quantile(EvaluationMeasure.DCR_P5, 0.05, own, ofSecond, size);
        quantile(EvaluationMeasure.DCR_MEDIAN, 0.5, own, ofSecond, size);
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
                error(second, share, size),
                OptionalDouble.of(error(own, share, rows.synthetic().size())));
    }

    private static double error(ClosestRecords records, double share, int size) {
        double step = Math.sqrt(share * (1 - share) / size);
        return (records.quantile(Math.min(1, share + step)) - records.quantile(Math.max(0, share - step))) / 2;
    }

    private void add(
            EvaluationMeasure measure,
            double value,
            OptionalDouble attainable,
            double spread,
            OptionalDouble error) {
        figures.add(measure.figure("", value, attainable, spread, error));
    }
}

package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.evaluation.outside.ClosestRecords;
import org.privateevolution.evaluation.outside.RecordVectors;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Whether synthetic rows repeat real ones. Identical rows are counted exactly. Distances are measured from a sample of
 * the synthetic rows to equally large samples of the real and the held-out rows.
 *
 * @param records largest number of real and of held-out rows to look up
 */
record MemoryFigures(TableReference reference, EncodedTable synthetic, SampledRows rows, int records) {

    /** Number of categories per column that count as different; the rest count as one. */
    private static final int CATEGORIES = 60;

    private static final int LEAST_ROWS = 20;

    List<Figure> figures() {
        List<Figure> figures =
                new ArrayList<>(new IdenticalFigures(reference.real(), reference.holdout(), synthetic).figures());
        figures.addAll(closest());
        return figures;
    }

    private List<Figure> closest() {
        List<double[]> real = reference.real().sample(records);
        List<double[]> held = reference.holdout().sample(records);
        int size = Math.min(held.size(), real.size());
        if (reference.columns().isEmpty()
                || size < LEAST_ROWS
                || rows.synthetic().size() < LEAST_ROWS) {
            return List.of();
        }
        RecordVectors vectors = RecordVectors.forDistances(reference.columns(), CATEGORIES);
        NearestNeighborKernel kernel = Kernels.calibrated();
        int dimension = vectors.dimension();
        float[] queries = vectors.of(rows.synthetic());
        return new ClosestFigures(
                        ClosestRecords.of(kernel, dimension, queries, vectors.of(SampledRows.first(real, size))),
                        ClosestRecords.of(kernel, dimension, queries, vectors.of(SampledRows.first(held, size))),
                        rows.synthetic().size())
                .figures();
    }
}

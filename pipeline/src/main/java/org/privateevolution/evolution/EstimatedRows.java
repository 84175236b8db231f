package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.privateevolution.model.TableRow;
import org.privateevolution.table.RowSampler;

/** Draws rows of a label from weighted rows, one at a time. Another sampler varies them. */
final class EstimatedRows implements RowSampler {

    private final List<List<TableRow>> rows = new ArrayList<>();
    /** Cumulative weights of the rows, per label. */
    private final List<double[]> cumulative = new ArrayList<>();

    private final RowSampler variation;

    /** @param variation varies rows, and also draws rows of a label without weighted rows */
    EstimatedRows(int labels, WeightedSamples points, RowSampler variation) {
        this.variation = variation;
        for (int label = 0; label < labels; label++) {
            List<TableRow> own = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            for (int i = 0; i < points.samples().size(); i++) {
                if (points.samples().get(i).label() == label) {
                    own.add(points.samples().get(i).payload().row().orElseThrow());
                    weights.add(points.weights().get(i));
                }
            }
            double[] sums = weights.stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.parallelPrefix(sums, Double::sum);
            rows.add(own);
            cumulative.add(sums);
        }
    }

    @Override
    public TableRow random(int label, RandomGenerator random) {
        double[] sums = cumulative.get(label);
        if (sums.length == 0) {
            return variation.random(label, random);
        }
        int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        // A row covers the interval from the previous sum, inclusive, to its own sum, exclusive.
        int row = found < 0 ? -found - 1 : found + 1;
        return rows.get(label).get(Math.min(row, sums.length - 1));
    }

    @Override
    public TableRow varied(int label, TableRow row, double degree, RandomGenerator random) {
        return variation.varied(label, row, degree, random);
    }
}

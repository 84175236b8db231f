package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.privateevolution.model.MarginalComparison.Cell;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.MarginalComparison.Numbers;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.table.ColumnBins;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.NumberBins;

/**
 * Compares the first marginals of a run, as they were released with noise, with those of the synthetic rows: inside the
 * guarantee.
 */
public final class ReleasedMarginals {

    private ReleasedMarginals() {}

    /**
     * Returns one entry per column, over all labels, in cells of equal width.
     *
     * @param released the first marginals
     * @return released shares (in the place of real ones; negative counts as 0) and the shares of {@code synthetic}
     */
    public static List<ColumnMarginal> of(
            TableSchema schema, int labels, NoisyHistogram released, Population synthetic) {
        MarginalCells cells = new MarginalCells(schema, labels, new MarginalChoice(schema, labels).columns());
        int first = labels > 1 ? 1 : 0;
        List<ColumnMarginal> marginals = new ArrayList<>();
        for (int column = 0; column < schema.size(); column++) {
            ColumnBins counted = cells.bins().column(column);
            ColumnBins shown = ColumnBins.of(schema.columns().get(column), MarginalChoice.FINE);
            double[] of = new double[shown.count()];
            int marginal = first + column;
            for (int i = 0; i < cells.cells(marginal); i++) {
                of[shown(shown, counted, i % counted.count())] += released.votes(cells.offset(marginal) + i);
            }
            double[] made = new double[shown.count()];
            for (Sample sample : synthetic.samples()) {
                made[shown.bin(sample.payload().row().orElseThrow().code(column))]++;
            }
            marginals.add(marginal(schema, column, shown, shares(of), shares(made)));
        }
        return marginals;
    }

    /** The displayed cell that contains a counted cell. */
    private static int shown(ColumnBins shown, ColumnBins counted, int cell) {
        return shown.bin(counted.code(cell, 0));
    }

    private static double[] shares(double... counts) {
        double[] positive =
                Arrays.stream(counts).map(count -> Math.max(0, count)).toArray();
        double sum = Arrays.stream(positive).sum();
        return Arrays.stream(positive).map(count -> sum > 0 ? count / sum : 0).toArray();
    }

    private static ColumnMarginal marginal(
            TableSchema schema, int column, ColumnBins bins, double[] released, double[] synthetic) {
        List<Cell> cells = new ArrayList<>();
        double distance = 0;
        for (int cell = 0; cell < released.length; cell++) {
            cells.add(new Cell(bins.text(cell), released[cell], synthetic[cell]));
            distance += Math.abs(released[cell] - synthetic[cell]) / 2;
        }
        Optional<Numbers> numbers = schema.columns().get(column) instanceof NumericColumn numeric
                ? Optional.of(new Numbers(
                        numeric.text(numeric.min()),
                        numeric.text(numeric.max()),
                        wasserstein((NumberBins) bins, released, synthetic)))
                : Optional.empty();
        return new ColumnMarginal(schema.columns().get(column).name(), cells, distance, numbers);
    }

    /** Wasserstein-1 distance of the values that are not null, with the bounds scaled to [0, 1]. */
    private static double wasserstein(NumberBins bins, double[] released, double[] synthetic) {
        double releasedAll = Arrays.stream(released, 0, bins.ordered()).sum();
        double syntheticAll = Arrays.stream(synthetic, 0, bins.ordered()).sum();
        if (releasedAll == 0 || syntheticAll == 0) {
            return releasedAll == syntheticAll ? 0 : 1;
        }
        double below = 0;
        double area = 0;
        for (int cell = 0; cell < bins.ordered() - 1; cell++) {
            below += released[cell] / releasedAll - synthetic[cell] / syntheticAll;
            area += Math.abs(below);
        }
        return area * bins.spacing();
    }
}

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
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.table.ColumnBins;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.NumberBins;

/** The first marginals of a run as they were released, noise and all, beside those of the synthetic rows: inside the guarantee. */
public final class ReleasedMarginals {

    private ReleasedMarginals() {}

    /**
     * One entry a column, over all labels; spikes lie in the cells around them.
     *
     * @param released the first marginals
     * @return released shares (in the place of real ones; negative counts as 0) and those of {@code synthetic}
     */
    public static List<ColumnMarginal> of(
            TableSchema schema, int labels, NoisyHistogram released, Population synthetic) {
        MarginalCells cells = new MarginalCells(schema, labels, new MarginalChoice(schema, labels).columns());
        int first = labels > 1 ? 1 : 0;
        List<ColumnMarginal> marginals = new ArrayList<>();
        for (int column = 0; column < schema.size(); column++) {
            ColumnBins bins = cells.bins().column(column);
            double[] counted = new double[bins.count()];
            int marginal = first + column;
            for (int i = 0; i < cells.cells(marginal); i++) {
                counted[i % counted.length] += released.votes(cells.offset(marginal) + i);
            }
            double[] made = new double[bins.count()];
            for (Sample sample : synthetic.samples()) {
                made[bins.bin(((TableRow) sample.payload()).code(column))]++;
            }
            marginals.add(marginal(schema, column, bins, shares(bins, counted), shares(bins, made)));
        }
        return marginals;
    }

    /** Of each cell but those of spikes. */
    private static double[] shares(ColumnBins bins, double... counts) {
        double[] shares = counts.clone();
        int spikes = 0;
        if (bins instanceof NumberBins numbers) {
            spikes = numbers.spikes().size();
            for (int i = 0; i < spikes; i++) {
                shares[numbers.around(numbers.spikes().get(i))] += counts[numbers.ordered() + i];
            }
            for (int cell = numbers.ordered() + spikes; cell < counts.length; cell++) {
                shares[cell - spikes] = counts[cell];
            }
        }
        double[] positive = Arrays.stream(shares, 0, counts.length - spikes)
                .map(count -> Math.max(0, count))
                .toArray();
        double sum = Arrays.stream(positive).sum();
        return Arrays.stream(positive).map(count -> sum > 0 ? count / sum : 0).toArray();
    }

    private static ColumnMarginal marginal(
            TableSchema schema, int column, ColumnBins bins, double[] released, double[] synthetic) {
        List<Cell> cells = new ArrayList<>();
        double distance = 0;
        int spikes = bins.count() - released.length;
        for (int cell = 0; cell < released.length; cell++) {
            int own = cell < bins.ordered() || bins.ordered() == 0 ? cell : cell + spikes;
            cells.add(new Cell(bins.text(own), released[cell], synthetic[cell]));
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

    /** Wasserstein-1 between the values that are not null, with the bounds scaled to [0, 1]. */
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

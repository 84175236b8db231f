package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.evaluation.outside.ComparedColumn.Numbers;
import org.privateevolution.model.NumericColumn;

/** Derives cells and moments of number columns from the real rows. */
final class NumberScales {

    /** Number of cells per number column. */
    static final int BINS = 20;

    private NumberScales() {}

    /**
     * Adds the cells to number columns: 20 cells of equal width between declared bounds, or else cells between the
     * twentieths of the real numbers, merged where these are equal.
     */
    static List<ComparedColumn> of(ChosenColumns chosen, EncodedTable real) {
        List<ComparedColumn> columns = new ArrayList<>();
        for (int c = 0; c < chosen.columns().size(); c++) {
            ComparedColumn column = chosen.columns().get(c);
            columns.add(
                    column instanceof Numbers numbers
                            ? scaled(numbers, chosen.declared().get(numbers.name()), real.numbers(c))
                            : column);
        }
        return columns;
    }

    private static Numbers scaled(Numbers column, NumericColumn declared, double[] sorted) {
        double[] edges = declared == null ? quantiles(sorted) : even(declared.min(), declared.max());
        double mean = Arrays.stream(sorted).average().orElse(0);
        double variance = Arrays.stream(sorted)
                .map(number -> (number - mean) * (number - mean))
                .average()
                .orElse(0);
        double min = sorted.length == 0 ? 0 : sorted[0];
        double max = sorted.length == 0 ? 0 : sorted[sorted.length - 1];
        return new Numbers(column.name(), column.unit(), edges, min, max, mean, Math.sqrt(variance));
    }

    private static double[] quantiles(double[] sorted) {
        return IntStream.range(1, BINS)
                .filter(i -> sorted.length > 0)
                .mapToDouble(i -> sorted[(int) ((long) i * sorted.length / BINS)])
                .filter(edge -> edge > sorted[0])
                .distinct()
                .toArray();
    }

    private static double[] even(double min, double max) {
        return IntStream.range(1, BINS)
                .mapToDouble(i -> min + i * (max - min) / BINS)
                .filter(edge -> edge > min)
                .distinct()
                .toArray();
    }
}

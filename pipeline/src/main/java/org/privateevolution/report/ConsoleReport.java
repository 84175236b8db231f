package org.privateevolution.report;

import java.util.Comparator;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Cell;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;

/** Prints a comparison of marginals as a table for a terminal of 80 columns. */
public final class ConsoleReport {

    private static final int COLUMN_WIDTH = 20;
    private static final int VALUE_WIDTH = 25;

    private ConsoleReport() {}

    /**
     * Returns one line per column with its distances and the most common value of the private data, followed by the
     * averages. The first line says that everything is outside the guarantee.
     */
    public static String of(MarginalComparison comparison) {
        StringBuilder text = new StringBuilder();
        text.append("Real and synthetic data. OUTSIDE THE GUARANTEE: computed from the private data.\n\n");
        line(text, "column", "TVD", "Wass.", "most common value", "real", "synth.");
        text.append("-".repeat(79)).append('\n');
        for (ColumnMarginal column : comparison.columns()) {
            Cell common = column.cells().stream()
                    .max(Comparator.comparingDouble(Cell::real))
                    .orElseThrow();
            line(
                    text,
                    column.column(),
                    ReportNumbers.distance(column.totalVariation()),
                    column.numbers()
                            .map(numbers -> ReportNumbers.distance(numbers.wasserstein()))
                            .orElse("-"),
                    common.text(),
                    ReportNumbers.percent(common.real()),
                    ReportNumbers.percent(common.synthetic()));
        }
        text.append("-".repeat(79)).append('\n');
        average(text, "average over columns", comparison.oneWay());
        comparison.twoWay().ifPresent(value -> average(text, "average over pairs", value));
        if (comparison.labels().size() > 1) {
            average(text, "labels", comparison.labelTotalVariation());
        }
        if (comparison.pairsLeftOut() > 0) {
            text.append("(").append(comparison.pairsLeftOut()).append(" pairs have too many cells to count)\n");
        }
        return text.toString();
    }

    private static void average(StringBuilder text, String name, double value) {
        text.append(fitted(name, COLUMN_WIDTH))
                .append(' ')
                .append(ReportNumbers.distance(value))
                .append('\n');
    }

    private static void line(
            StringBuilder text,
            String column,
            String tvd,
            String wasserstein,
            String value,
            String real,
            String synth) {
        text.append(fitted(column, COLUMN_WIDTH))
                .append(' ')
                .append(fitted(tvd, 6))
                .append(' ')
                .append(fitted(wasserstein, 6))
                .append("  ")
                .append(fitted(value, VALUE_WIDTH))
                .append(' ')
                .append(" ".repeat(Math.max(0, 7 - real.length())))
                .append(real)
                .append(' ')
                .append(" ".repeat(Math.max(0, 8 - synth.length())))
                .append(synth)
                .append('\n');
    }

    /** Exactly {@code width} characters, on one line and without terminal escapes. */
    private static String fitted(String text, int width) {
        StringBuilder fitted = new StringBuilder();
        int points = text.codePointCount(0, text.length());
        int kept = points <= width ? points : width - 1;
        text.codePoints()
                .limit(kept)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(fitted::appendCodePoint);
        return fitted.append(points <= width ? " ".repeat(width - points) : "…").toString();
    }
}

package org.privateevolution.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Numbers;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;

/**
 * Cells of equal width over the declared bounds of a numeric column. Where the type has a grid, each cell holds as many
 * of its values as the next one, give or take one, and there are never more cells than values.
 */
public final class NumberBins implements ColumnBins {

    /** With more values than this a grid is as good as continuous, and j * bins still fits into a long. */
    private static final double MOST_VALUES = 0x1p50;

    /** Digits of an edge beyond the first one of a cell's width. */
    private static final int EXTRA_DIGITS = 2;

    private static final int MOST_PLAIN_DIGITS = 12;
    private static final int DATE_LENGTH = "yyyy-MM-dd".length();
    private static final int SECONDS_LENGTH = "yyyy-MM-ddTHH:mm:ss".length();

    private final NumericColumn column;
    /** Number of values on the grid; 0 if there is no grid. */
    private final long values;

    private final int bins;

    /** @param most largest number of cells, without that of nulls; at least 1, at most 4096 */
    public NumberBins(NumericColumn column, int most) {
        this.column = column;
        double range = column.max() - column.min();
        double onGrid = Math.rint(range / column.step()) + 1;
        if (range == 0) {
            this.values = 1;
        } else {
            this.values = onGrid <= MOST_VALUES ? (long) onGrid : 0;
        }
        this.bins = values == 0 ? most : (int) Math.min(most, values);
    }

    @Override
    public int count() {
        return bins + (column.nullable() ? 1 : 0);
    }

    @Override
    public int bin(double code) {
        if (Double.isNaN(code)) {
            return bins;
        }
        double position = column.position(code);
        if (values == 0) {
            return (int) Math.min(bins - 1, position * bins);
        }
        return (int) (Math.round(position * (values - 1)) * bins / values);
    }

    @Override
    public double fraction(double code) {
        double position = column.position(code);
        int bin = bin(code);
        if (values == 0) {
            return Math.min(position * bins - bin, Math.nextDown(1.0));
        }
        long first = firstValue(bin);
        return (Math.round(position * (values - 1)) - first + 0.5) / (firstValue(bin + 1) - first);
    }

    @Override
    public double code(int bin, double fraction) {
        if (bin == bins) {
            return TableRow.NULL;
        }
        if (values == 0) {
            return place((bin + fraction) / bins);
        }
        long first = firstValue(bin);
        return onGrid(first + (long) (fraction * (firstValue(bin + 1) - first)));
    }

    @Override
    public String text(int bin) {
        if (bin == bins) {
            return MarginalComparison.NULL_CELL;
        }
        if (values == 0) {
            return range(place(bin / (double) bins), place((bin + 1) / (double) bins));
        }
        long first = firstValue(bin);
        long last = firstValue(bin + 1) - 1;
        return first == last ? column.text(onGrid(first)) : range(onGrid(first), onGrid(last));
    }

    /** Number of cells that are not for nulls. */
    public int numberBins() {
        return bins;
    }

    /** What a marginal tells of a numeric column. */
    public Numbers numbers(double wasserstein) {
        return new Numbers(column.text(column.min()), column.text(column.max()), wasserstein);
    }

    /** Distance between neighbouring cells, with the declared bounds scaled to [0, 1]. */
    public double spacing() {
        return values == bins ? 1.0 / Math.max(1, values - 1) : 1.0 / bins;
    }

    private long firstValue(int bin) {
        return (bin * values + bins - 1) / bins;
    }

    private double onGrid(long value) {
        return place(values == 1 ? 0 : value / (double) (values - 1));
    }

    private double place(double position) {
        return column.round(column.min() + position * (column.max() - column.min()));
    }

    private String range(double from, double to) {
        return shown(from) + " to " + shown(to);
    }

    /** A code with as many digits as it takes to tell cells apart. */
    private String shown(double code) {
        String text = column.text(code);
        double width = (column.max() - column.min()) / bins;
        return switch (column.type().kind()) {
            case TIMESTAMP, TIMESTAMP_NTZ -> {
                int length = width >= TimeUnit.DAYS.toMicros(1) ? DATE_LENGTH : SECONDS_LENGTH;
                yield text.substring(0, Math.min(text.length(), length));
            }
            case FLOAT, DOUBLE, DECIMAL -> width > 0 ? rounded(code, width) : text;
            default -> text;
        };
    }

    private static String rounded(double code, double width) {
        int decimals = EXTRA_DIGITS + (int) Math.ceil(-Math.log10(width));
        BigDecimal rounded = BigDecimal.valueOf(code)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        boolean isShort = rounded.scale() <= MOST_PLAIN_DIGITS
                && (long) rounded.precision() - rounded.scale() <= MOST_PLAIN_DIGITS;
        return isShort ? rounded.toPlainString() : rounded.toString();
    }
}

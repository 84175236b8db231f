package org.privateevolution.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Numbers;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;

/**
 * Cells of equal width over the declared bounds of a numeric column. Where the type has a grid, each cell holds as many
 * of its values as the next one, give or take one, and there are never more cells than values. Values that numbers pile up on
 * may have cells of their own, which then lie in no other.
 */
public final class NumberBins implements ColumnBins {

    /** With more values than this a grid is as good as continuous, and j * bins still fits into a long. */
    private static final double MOST_VALUES = 0x1p50;

    /** Digits of an edge beyond the first one of a cell's width. */
    private static final int EXTRA_DIGITS = 2;

    /** Share of the range within which a number is the spike: rows that were embedded know no more digits. */
    private static final double SPIKE_WIDTH = 1e-6;

    /** What a spike of a continuous column is thought to hold, in cells, before anything is known. */
    private static final double CONTINUOUS_SPIKE = 0.05;

    private static final int MOST_PLAIN_DIGITS = 12;
    private static final int DATE_LENGTH = "yyyy-MM-dd".length();
    private static final int SECONDS_LENGTH = "yyyy-MM-ddTHH:mm:ss".length();

    private final NumericColumn column;
    /** Number of values on the grid; 0 if there is no grid. */
    private final long values;

    private final int bins;
    private final double[] spikes;

    /** @param most largest number of cells, without that of nulls; at least 1, at most 4096 */
    public NumberBins(NumericColumn column, int most) {
        this(column, most, List.of());
    }

    /** @param spikes codes that have cells of their own */
    NumberBins(NumericColumn column, int most, List<Double> spikes) {
        this.column = column;
        this.spikes = spikes.stream().mapToDouble(Double::doubleValue).toArray();
        double range = column.max() - column.min();
        double onGrid = Math.rint(range / column.step()) + 1;
        if (range == 0) {
            this.values = 1;
        } else {
            this.values = onGrid <= MOST_VALUES ? (long) onGrid : 0;
        }
        this.bins = values == 0 ? most : (int) Math.min(most, values);
    }

    static List<Double> likelySpikes(NumericColumn column, int most) {
        NumberBins bins = new NumberBins(column, most);
        if (bins.values == bins.bins) {
            return List.of();
        }
        return DoubleStream.of(0, column.min(), column.max())
                .filter(column::holds)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    /** Codes that have cells of their own, which follow those in order. */
    public List<Double> spikes() {
        return DoubleStream.of(spikes).boxed().toList();
    }

    @Override
    public int count() {
        return bins + spikes.length + (column.nullable() ? 1 : 0);
    }

    @Override
    public int ordered() {
        return bins;
    }

    @Override
    public double naturalShare(int cell) {
        if (cell < bins || cell == bins + spikes.length) {
            return 1.0 / bins;
        }
        return values == 0 ? CONTINUOUS_SPIKE / bins : 1.0 / values;
    }

    @Override
    public int bin(double code) {
        if (Double.isNaN(code)) {
            return bins + spikes.length;
        }
        for (int spike = 0; spike < spikes.length; spike++) {
            if (Math.abs(code - spikes[spike]) <= SPIKE_WIDTH * (column.max() - column.min())) {
                return bins + spike;
            }
        }
        return around(code);
    }

    /** The cell in order of a code that has no cell of its own. */
    public int around(double code) {
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
        if (bin >= bins) {
            return 0;
        }
        if (values == 0) {
            return Math.min(position * bins - bin, Math.nextDown(1.0));
        }
        long first = firstValue(bin);
        return (Math.round(position * (values - 1)) - first + 0.5) / (firstValue(bin + 1) - first);
    }

    @Override
    public double code(int bin, double fraction) {
        if (bin >= bins) {
            return bin < bins + spikes.length ? spikes[bin - bins] : TableRow.NULL;
        }
        if (values == 0) {
            return place((bin + fraction) / bins);
        }
        long first = firstValue(bin);
        return onGrid(first + (long) (fraction * (firstValue(bin + 1) - first)));
    }

    @Override
    public String text(int bin) {
        if (bin >= bins) {
            return bin < bins + spikes.length ? column.text(spikes[bin - bins]) : MarginalComparison.NULL_CELL;
        }
        if (values == 0) {
            return range(place(bin / (double) bins), place((bin + 1) / (double) bins));
        }
        long first = firstValue(bin);
        long last = firstValue(bin + 1) - 1;
        return first == last ? column.text(onGrid(first)) : range(onGrid(first), onGrid(last));
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

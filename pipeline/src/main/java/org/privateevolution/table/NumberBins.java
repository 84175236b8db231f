package org.privateevolution.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Numbers;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;

/**
 * Cells of a numeric column between its declared bounds: ordered cells, and spikes, which are cells of single frequent
 * values that then lie in no other cell.
 */
public final class NumberBins implements ColumnBins {

    /** Number of digits of an edge beyond the leading digit of a cell's width. */
    private static final int EXTRA_DIGITS = 2;

    /** Number of values that an embedded row distinguishes in a column, as a float does. */
    private static final long TOLD_APART = 1L << 22;

    /** Assumed content of a spike of a continuous column, as a multiple of a cell's, while nothing is known. */
    private static final double CONTINUOUS_SPIKE = 0.05;

    private static final int MOST_PLAIN_DIGITS = 12;
    private static final int DATE_LENGTH = "yyyy-MM-dd".length();
    private static final int SECONDS_LENGTH = "yyyy-MM-ddTHH:mm:ss".length();

    private final NumericColumn column;
    private final NumberGrid grid;
    private final int bins;
    /** Codes at which ordered cells start, followed by the upper bound. */
    private final double[] edges;
    /** Indices of the values at which ordered cells start, followed by the number of values; used for a grid only. */
    private final long[] firsts;

    private final double[] spikes;

    /**
     * Cells of equal width.
     *
     * @param most largest number of cells, without the cell of nulls; at least 1, at most 4096
     */
    public NumberBins(NumericColumn column, int most) {
        this(column, NumberCells.even(column, most));
    }

    NumberBins(NumericColumn column, NumberCells cells) {
        this.column = column;
        this.grid = NumberGrid.of(column);
        this.bins = cells.starts().size();
        this.edges = new double[bins + 1];
        this.firsts = new long[bins + 1];
        for (int cell = 0; cell < bins; cell++) {
            edges[cell] = cells.starts().get(cell);
            firsts[cell] = grid.index(edges[cell]);
        }
        edges[bins] = column.max();
        firsts[bins] = grid.values();
        this.spikes = cells.spikes().stream().mapToDouble(Double::doubleValue).toArray();
    }

    NumericColumn numeric() {
        return column;
    }

    /** Codes that have cells of their own, which follow the ordered cells. */
    public List<Double> spikes() {
        return DoubleStream.of(spikes).boxed().toList();
    }

    /** The code at which an ordered cell starts. */
    public double start(int cell) {
        return edges[cell];
    }

    /** The code at which an ordered cell ends: where the next one starts, or the upper bound. */
    public double end(int cell) {
        return edges[cell + 1];
    }

    /**
     * Lists the cells that {@link NumberCells#fine} obtained by halving, as lists of neighbours, each narrower than the
     * one before it.
     *
     * @param most number of cells of equal width from which they were made
     */
    public List<List<Integer>> halved(int most) {
        if (grid.hasOneValueACell(bins)) {
            return List.of();
        }
        List<Double> coarse = NumberCells.coarseStarts(column, most);
        List<List<Integer>> halved = new ArrayList<>();
        for (int c = 0; c < coarse.size(); c++) {
            int from = around(coarse.get(c));
            int to = c + 1 < coarse.size() ? around(coarse.get(c + 1)) - 1 : bins - 1;
            int widest = from;
            for (int cell = from; cell <= to; cell++) {
                widest = naturalShare(cell) > naturalShare(widest) ? cell : widest;
            }
            int middle = widest == from ? from - 1 : widest;
            halved.add(IntStream.iterate(middle, cell -> cell >= from, cell -> cell - 1)
                    .boxed()
                    .toList());
            halved.add(IntStream.rangeClosed(middle + 1, to).boxed().toList());
        }
        return halved.stream().filter(cells -> cells.size() > 1).toList();
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
        if (cell == bins + spikes.length) {
            return 1.0 / bins;
        }
        if (grid.isContinuous()) {
            return cell < bins ? (edges[cell + 1] - edges[cell]) / (edges[bins] - edges[0]) : CONTINUOUS_SPIKE / bins;
        }
        return (cell < bins ? firsts[cell + 1] - firsts[cell] : 1) / (double) grid.values();
    }

    /** Share of the range that lies within the cell of a spike. */
    public double spikeWidth() {
        return grid.isContinuous() ? 2.0 / TOLD_APART : 1.0 / grid.values();
    }

    @Override
    public int bin(double code) {
        if (Double.isNaN(code)) {
            return bins + spikes.length;
        }
        int nearest = 0;
        for (int spike = 1; spike < spikes.length; spike++) {
            nearest = Math.abs(code - spikes[spike]) < Math.abs(code - spikes[nearest]) ? spike : nearest;
        }
        return spikes.length > 0 && isAlike(code, spikes[nearest]) ? bins + nearest : around(code);
    }

    /** Whether two codes are one value, as far as embedded rows distinguish them. */
    private boolean isAlike(double code, double spike) {
        return !grid.isContinuous() && grid.values() <= TOLD_APART
                ? grid.index(code) == grid.index(spike)
                : Math.abs(code - spike) <= (column.max() - column.min()) / TOLD_APART;
    }

    /** The ordered cell of a code that has no cell of its own. */
    public int around(double code) {
        int found = grid.isContinuous()
                ? Arrays.binarySearch(edges, 0, bins, code)
                : Arrays.binarySearch(firsts, 0, bins, grid.index(code));
        return Math.max(0, found < 0 ? -found - 2 : found);
    }

    @Override
    public double fraction(double code) {
        int bin = bin(code);
        if (bin >= bins) {
            return 0;
        }
        double fraction = grid.isContinuous()
                ? (code - edges[bin]) / (edges[bin + 1] - edges[bin])
                : (grid.index(code) - firsts[bin] + 0.5) / (firsts[bin + 1] - firsts[bin]);
        return Math.max(0, Math.min(Math.nextDown(1.0), fraction));
    }

    @Override
    public double code(int bin, double fraction) {
        if (bin >= bins) {
            return bin < bins + spikes.length ? spikes[bin - bins] : TableRow.NULL;
        }
        if (grid.isContinuous()) {
            return column.round(edges[bin] + fraction * (edges[bin + 1] - edges[bin]));
        }
        return grid.code(firsts[bin] + (long) (fraction * (firsts[bin + 1] - firsts[bin])));
    }

    @Override
    public String text(int bin) {
        if (bin >= bins) {
            return bin < bins + spikes.length ? column.text(spikes[bin - bins]) : MarginalComparison.NULL_CELL;
        }
        if (grid.isContinuous()) {
            return range(edges[bin], edges[bin + 1]);
        }
        long first = firsts[bin];
        long last = firsts[bin + 1] - 1;
        return first == last ? column.text(edges[bin]) : range(edges[bin], grid.code(last));
    }

    /** What a marginal states of a numeric column. */
    public Numbers numbers(double wasserstein) {
        return new Numbers(column.text(column.min()), column.text(column.max()), wasserstein);
    }

    /** Distance between neighbouring cells of equal width, with the declared bounds scaled to [0, 1]. */
    public double spacing() {
        return grid.hasOneValueACell(bins) ? 1.0 / Math.max(1, bins - 1) : 1.0 / bins;
    }

    private String range(double from, double to) {
        return shown(from) + " to " + shown(to);
    }

    /** A code with as many digits as needed to tell cells apart. */
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

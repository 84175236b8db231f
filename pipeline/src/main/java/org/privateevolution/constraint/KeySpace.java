package org.privateevolution.constraint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.NumericColumn;

/** The combinations of values of a key's columns for one label, in a fixed order. */
final class KeySpace {

    /** Number of values that stand for a column without a grid. */
    private static final long CONTINUOUS = 1L << 31;

    private final RowColumns columns;
    private final List<Integer> key;
    private final double[] next;
    private final long[] place;
    private final long[] size;
    private boolean exhausted;

    KeySpace(RowColumns columns, List<Integer> key, int label) {
        this.columns = columns;
        this.key = key;
        this.next = new double[key.size()];
        this.place = new long[key.size()];
        this.size = new long[key.size()];
        for (int i = 0; i < size.length; i++) {
            size[i] = key.get(i) >= columns.learnt() ? 1 : size(columns, key.get(i));
            next[i] = key.get(i) >= columns.learnt() ? label : value(i);
        }
    }

    /** Number of values of a column. */
    private static long size(RowColumns columns, int column) {
        if (columns.get(column) instanceof CategoricalColumn categorical) {
            return categorical.categories().size();
        }
        NumericColumn numeric = (NumericColumn) columns.get(column);
        double range = numeric.max() - numeric.min();
        if (range == 0) {
            return 1;
        }
        double step = numeric.step();
        return step > 0 ? (long) Math.min(CONTINUOUS, Math.rint(range / step) + 1) : CONTINUOUS;
    }

    private double value(int i) {
        if (columns.get(key.get(i)) instanceof NumericColumn numeric) {
            double position = size[i] == 1 ? 0 : place[i] / (double) (size[i] - 1);
            return numeric.round(numeric.min() + position * (numeric.max() - numeric.min()));
        }
        return place[i];
    }

    /** Number of combinations, up to rounding. */
    double size() {
        return Arrays.stream(size).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    /** The next combination; null if there is none. */
    List<Double> next() {
        if (exhausted) {
            return null;
        }
        List<Double> current = new ArrayList<>(next.length);
        for (double code : next) {
            current.add(code);
        }
        advance();
        return current;
    }

    private void advance() {
        for (int i = 0; i < place.length; i++) {
            if (size[i] > 1) {
                place[i] = place[i] + 1 == size[i] ? 0 : place[i] + 1;
                next[i] = value(i);
                if (place[i] > 0) {
                    return;
                }
            }
        }
        exhausted = true;
    }
}

package org.privateevolution.constraint;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType.Kind;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableSchema;

/**
 * The columns that constraints may name: the learnt columns in order, followed by the label if there is one. A row's
 * codes are in the same order.
 *
 * @param learnt number of learnt columns; the label, which no repair changes, comes after them
 * @param madeUp names of the made-up columns
 */
record RowColumns(List<Column> all, int learnt, List<String> madeUp) implements Serializable {

    private static final long serialVersionUID = 1L;

    RowColumns {
        all = List.copyOf(all);
        madeUp = List.copyOf(madeUp);
    }

    static RowColumns of(TableSchema schema, Optional<CategoricalColumn> label, List<String> madeUp) {
        List<Column> all = new ArrayList<>(schema.columns());
        label.ifPresent(all::add);
        return new RowColumns(all, schema.size(), madeUp);
    }

    int size() {
        return all.size();
    }

    boolean hasLabel() {
        return all.size() > learnt;
    }

    Column get(int column) {
        return all.get(column);
    }

    String name(int column) {
        return all.get(column).name();
    }

    /** The index of a column; of columns that differ in case alone, that of the exact name; -1 if there is none. */
    int index(String name) {
        return IntStream.range(0, all.size())
                .filter(i -> name(i).equals(name))
                .findFirst()
                .orElseGet(() -> IntStream.range(0, all.size())
                        .filter(i -> name(i).equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(-1));
    }

    boolean isMadeUp(String name) {
        return madeUp.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Whether values are numbers, dates or timestamps, which can be compared by size. */
    boolean isOrdered(int column) {
        return get(column) instanceof NumericColumn || get(column).type().kind().integral();
    }

    /** The days of a date, microseconds of a timestamp, or the number itself; NaN for a null. */
    double number(int column, double code) {
        return get(column) instanceof CategoricalColumn categorical && !Double.isNaN(code)
                ? Double.parseDouble(categorical.text(code))
                : code;
    }

    /** Distance between neighbouring values; 0 if they have no even spacing. */
    double step(int column) {
        return get(column) instanceof NumericColumn numeric ? numeric.step() : 1;
    }

    /** The greatest value of a numeric column that is at most (or below) a bound; NaN if there is none. */
    double below(int column, double bound, boolean strictly) {
        NumericColumn numeric = (NumericColumn) get(column);
        double most = numeric.round(bound);
        if (most > bound || (strictly && most == bound)) {
            most = numeric.round(before(numeric, most));
        }
        return most < bound || (!strictly && most == bound) ? most : Double.NaN;
    }

    /** The least value of a numeric column that is at least (or above) a bound; NaN if there is none. */
    double above(int column, double bound, boolean strictly) {
        NumericColumn numeric = (NumericColumn) get(column);
        double least = numeric.round(bound);
        if (least < bound || (strictly && least == bound)) {
            least = numeric.round(-before(numeric, -least));
        }
        return least > bound || (!strictly && least == bound) ? least : Double.NaN;
    }

    private static double before(NumericColumn column, double code) {
        if (column.step() > 0) {
            return code - column.step();
        }
        return column.type().kind() == Kind.FLOAT ? Math.nextDown((float) code) : Math.nextDown(code);
    }
}

package org.privateevolution.constraint;

import java.util.BitSet;
import java.util.function.DoublePredicate;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.NumericColumn;

/** The values that each column of a row may still have: null or not, and an interval of numbers or a set of codes. */
final class Domains {

    private final RowColumns columns;
    private final boolean[] canBeNull;
    private final boolean[] canHaveValue;
    private final double[] least;
    private final double[] most;
    private final BitSet[] codes;
    private boolean changed;

    private Domains(RowColumns columns, boolean[] canBeNull, boolean[] canHaveValue, double[] least, double[] most) {
        this.columns = columns;
        this.canBeNull = canBeNull;
        this.canHaveValue = canHaveValue;
        this.least = least;
        this.most = most;
        this.codes = new BitSet[columns.size()];
    }

    /** All declared values of each column. */
    static Domains declared(RowColumns columns) {
        int size = columns.size();
        Domains domains =
                new Domains(columns, new boolean[size], new boolean[size], new double[size], new double[size]);
        for (int c = 0; c < size; c++) {
            Column column = columns.get(c);
            domains.canBeNull[c] = column.nullable();
            domains.canHaveValue[c] = true;
            if (column instanceof NumericColumn numeric) {
                domains.least[c] = numeric.min();
                domains.most[c] = numeric.max();
            } else {
                int categories = ((CategoricalColumn) column).categories().size();
                domains.codes[c] = new BitSet(categories);
                domains.codes[c].set(0, categories);
            }
        }
        return domains;
    }

    Domains copy() {
        Domains copy = new Domains(columns, canBeNull.clone(), canHaveValue.clone(), least.clone(), most.clone());
        for (int c = 0; c < codes.length; c++) {
            copy.codes[c] = codes[c] == null ? null : (BitSet) codes[c].clone();
        }
        return copy;
    }

    /** Whether anything was narrowed since the last call. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    boolean canBeNull(int column) {
        return canBeNull[column];
    }

    boolean canHaveValue(int column) {
        return canHaveValue[column];
    }

    boolean isNumeric(int column) {
        return codes[column] == null;
    }

    /** The codes of the categories that are left. */
    BitSet codes(int column) {
        return codes[column];
    }

    double least(int column) {
        return codes[column] == null
                ? least[column]
                : codes[column].stream()
                        .mapToDouble(code -> columns.number(column, code))
                        .min()
                        .orElse(Double.NaN);
    }

    double most(int column) {
        return codes[column] == null
                ? most[column]
                : codes[column].stream()
                        .mapToDouble(code -> columns.number(column, code))
                        .max()
                        .orElse(Double.NaN);
    }

    /** Whether one value, or null, is all that is left. */
    boolean isFixed(int column) {
        if (canBeNull[column]) {
            return !canHaveValue[column];
        }
        return codes[column] == null ? least[column] == most[column] : codes[column].cardinality() == 1;
    }

    /** The code of a column that {@link #isFixed is fixed}. */
    double fixed(int column) {
        if (canBeNull[column]) {
            return Double.NaN;
        }
        return codes[column] == null ? least[column] : codes[column].nextSetBit(0);
    }

    /** Fixes a column to a code. Returns false if it is not among those that are left. */
    boolean fix(int column, double code) {
        if (Double.isNaN(code)) {
            return onlyNull(column);
        }
        if (!canHaveValue[column] || !onlyValue(column)) {
            return false;
        }
        if (codes[column] != null) {
            return keep(column, other -> other == code);
        }
        if (code < least[column] || code > most[column]) {
            return false;
        }
        changed |= least[column] != most[column];
        least[column] = code;
        most[column] = code;
        return true;
    }

    boolean onlyNull(int column) {
        changed |= canHaveValue[column];
        canHaveValue[column] = false;
        return canBeNull[column];
    }

    boolean onlyValue(int column) {
        changed |= canBeNull[column];
        canBeNull[column] = false;
        return canHaveValue[column];
    }

    /** Keeps those categories whose codes a predicate accepts. Returns false if nothing is left of the column. */
    boolean keep(int column, DoublePredicate accepted) {
        BitSet left = codes[column];
        for (int code = left.nextSetBit(0); code >= 0; code = left.nextSetBit(code + 1)) {
            if (!accepted.test(code)) {
                left.clear(code);
                changed = true;
            }
        }
        return !left.isEmpty() || noValue(column);
    }

    /** Lowers the greatest number to at most (or below) a bound. Returns false if nothing is left of the column. */
    boolean lower(int column, double bound, boolean strictly) {
        if (codes[column] != null) {
            return keep(
                    column,
                    code -> strictly ? columns.number(column, code) < bound : columns.number(column, code) <= bound);
        }
        if (most[column] < bound || (!strictly && most[column] == bound)) {
            return true;
        }
        changed = true;
        most[column] = columns.below(column, bound, strictly);
        return most[column] >= least[column] || noValue(column);
    }

    /** Raises the least number to at least (or above) a bound. Returns false if nothing is left of the column. */
    boolean raise(int column, double bound, boolean strictly) {
        if (codes[column] != null) {
            return keep(
                    column,
                    code -> strictly ? columns.number(column, code) > bound : columns.number(column, code) >= bound);
        }
        if (least[column] > bound || (!strictly && least[column] == bound)) {
            return true;
        }
        changed = true;
        least[column] = columns.above(column, bound, strictly);
        return most[column] >= least[column] || noValue(column);
    }

    private boolean noValue(int column) {
        changed |= canHaveValue[column];
        canHaveValue[column] = false;
        return canBeNull[column];
    }
}

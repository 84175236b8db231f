package org.privateevolution.constraint;

import java.io.Serializable;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.privateevolution.model.ColumnType.Kind;
import org.privateevolution.model.NumericColumn;

/**
 * Whether a sum of columns compares with a number, or one of the columns is null: {@code factor * column + ... <=
 * bound}.
 *
 * <p>If all columns are on a grid, as whole numbers, dates and declared decimals are, sums are exact. Otherwise sums
 * may miss a bound by rounding: by a billionth of the terms' sizes, or a millionth if a column is a {@code float}.
 *
 * @param terms the columns, all different
 * @param scale number of grid steps per 1; 0 if a column is on no grid
 * @param bound in grid steps if there is a grid
 * @param tolerance relative to the terms' sizes; 0 if sums are exact
 */
record Linear(RowColumns row, List<Term> terms, Relation relation, double scale, double bound, double tolerance)
        implements Test {

    private static final long serialVersionUID = 1L;

    private static final double ROUNDING = 1e-9;
    private static final double FLOAT_ROUNDING = 1e-6;

    /** A bound that is nearer to a grid step than this share of one is meant to be on it. */
    private static final double BETWEEN_STEPS = 1e-6;

    /** Whole numbers up to this size are exact. */
    private static final double EXACT = 0x1p53;

    /** @param factor whole, not 0 */
    record Term(int column, int factor) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    public Linear {
        terms = List.copyOf(terms);
    }

    /** @param bound in the units of the columns */
    static Linear of(RowColumns row, List<Term> terms, Relation relation, double bound) {
        double scale = scale(row, terms, bound);
        return new Linear(
                row,
                terms,
                relation,
                scale,
                scale > 0 ? steps(bound, scale) : bound,
                scale > 0 ? 0 : tolerance(row, terms, relation, bound));
    }

    /** A bound in grid steps: 0.29 * 100 is 29. */
    private static double steps(double bound, double scale) {
        double nearest = Math.rint(bound * scale);
        return Math.abs(nearest - bound * scale) < BETWEEN_STEPS ? nearest : bound * scale;
    }

    /** Without a grid, sums are rounded, and equal numbers of different types may differ. */
    private static double tolerance(RowColumns row, List<Term> terms, Relation relation, double bound) {
        boolean isSum = terms.size() > 2 || (terms.size() == 2 && bound != 0);
        boolean hasFloat =
                terms.stream().anyMatch(term -> row.get(term.column()).type().kind() == Kind.FLOAT);
        if (!isSum && (terms.size() == 1 || relation != Relation.EQUAL)) {
            return 0;
        }
        if (hasFloat) {
            return FLOAT_ROUNDING;
        }
        return isSum ? ROUNDING : 0;
    }

    /** Grid steps per 1 that all values, and their sum, are exact multiples of; 0 if there are none. */
    private static double scale(RowColumns row, List<Term> terms, double bound) {
        double scale = 1;
        double size = Math.abs(bound);
        for (Term term : terms) {
            double step = row.step(term.column());
            if (step == 0) {
                return 0;
            }
            scale = Math.max(scale, Math.rint(1 / step));
            size += row.get(term.column()) instanceof NumericColumn numeric
                    ? Math.abs(term.factor()) * Math.max(Math.abs(numeric.min()), Math.abs(numeric.max()))
                    : Integer.MAX_VALUE;
        }
        return size * scale < EXACT ? scale : 0;
    }

    /** A number in grid steps if there is a grid. */
    private double units(double number) {
        return scale > 0 ? Math.rint(number * scale) : number;
    }

    @Override
    public IntStream columns() {
        return terms.stream().mapToInt(Term::column);
    }

    @Override
    public boolean holds(double... codes) {
        double sum = 0;
        double size = Math.abs(bound);
        for (Term term : terms) {
            double value = units(row.number(term.column(), codes[term.column()]));
            if (Double.isNaN(value)) {
                return true;
            }
            sum += term.factor() * value;
            size += Math.abs(term.factor() * value);
        }
        double excess = sum - bound;
        double slack = tolerance * size;
        return switch (relation) {
            case AT_MOST -> excess <= slack;
            case BELOW -> excess < 0;
            case EQUAL -> Math.abs(excess) <= slack;
            case UNEQUAL -> Math.abs(excess) > slack;
        };
    }

    @Override
    public boolean narrow(Domains domains) {
        double lower = 0;
        double upper = 0;
        int nullable = -1;
        int nullables = 0;
        for (Term term : terms) {
            int column = term.column();
            if (!domains.canHaveValue(column)) {
                return true;
            }
            if (domains.canBeNull(column)) {
                nullable = column;
                nullables++;
            }
            lower += least(term, domains);
            upper += most(term, domains);
        }
        if (isImpossible(lower, upper)) {
            return nullables > 1 || (nullables == 1 && domains.onlyNull(nullable));
        }
        if (nullables > 0 || relation == Relation.UNEQUAL) {
            return true;
        }
        for (Term term : terms) {
            if (!narrow(term, lower - least(term, domains), upper - most(term, domains), domains)) {
                return false;
            }
        }
        return true;
    }

    private boolean isImpossible(double lower, double upper) {
        double slack = tolerance * (Math.abs(bound) + Math.max(Math.abs(lower), Math.abs(upper)));
        return switch (relation) {
            case AT_MOST -> lower > bound + slack;
            case BELOW -> lower >= bound;
            case EQUAL -> lower > bound + slack || upper < bound - slack;
            case UNEQUAL -> lower == upper && Math.abs(lower - bound) <= slack;
        };
    }

    /**
     * Narrows one column.
     *
     * @param lower least sum of the other terms
     * @param upper their greatest sum
     */
    private boolean narrow(Term term, double lower, double upper, Domains domains) {
        boolean strictly = relation == Relation.BELOW;
        if (!atMost(term, bound - lower, strictly, domains)) {
            return false;
        }
        return relation != Relation.EQUAL
                || atMost(new Term(term.column(), -term.factor()), upper - bound, false, domains);
    }

    /** Narrows a column to those values with factor * value at most (or below) a limit. */
    private boolean atMost(Term term, double limit, boolean strictly, Domains domains) {
        double own = limit / Math.abs(term.factor());
        double slack = tolerance * Math.abs(own);
        double reach = scale > 0 ? Math.floor(own) / scale : own + slack;
        boolean strict = strictly;
        if (scale > 0 && strictly) {
            reach = (Math.ceil(own) - 1) / scale;
            strict = false;
        }
        // A grid step is at least this much wider than the rounding of the division.
        double nudge = scale > 0 ? 0.25 / scale : 0;
        return term.factor() > 0
                ? domains.lower(term.column(), reach + nudge, strict)
                : domains.raise(term.column(), -reach - nudge, strict);
    }

    private double least(Term term, Domains domains) {
        int column = term.column();
        double end = term.factor() > 0 ? domains.least(column) : domains.most(column);
        return term.factor() * units(end);
    }

    private double most(Term term, Domains domains) {
        int column = term.column();
        double end = term.factor() > 0 ? domains.most(column) : domains.least(column);
        return term.factor() * units(end);
    }

    /**
     * The term whose value the others determine, if this is an equality: the only one on its side, as in {@code gross =
     * net + tax}, or the first one with the finest grid if that is finer.
     */
    Term dependent() {
        double finest = terms.stream()
                .mapToDouble(term -> row.step(term.column()))
                .min()
                .orElseThrow();
        long positive = terms.stream().filter(term -> term.factor() > 0).count();
        return DoubleStream.of(positive == 1 ? 1 : -1)
                .boxed()
                .flatMap(side -> terms.stream().filter(term -> term.factor() * side > 0))
                .filter(term -> row.step(term.column()) == finest)
                .findFirst()
                .orElseGet(() -> terms.stream()
                        .filter(term -> row.step(term.column()) == finest)
                        .findFirst()
                        .orElseThrow());
    }

    /** The value of a term's column that makes both sides equal; NaN if one of the other columns is null. */
    double solved(Term term, double... codes) {
        double rest = bound;
        for (Term other : terms) {
            if (other != term) {
                rest -= other.factor() * units(row.number(other.column(), codes[other.column()]));
            }
        }
        double units = rest / term.factor();
        return scale > 0 ? units / scale : units;
    }
}

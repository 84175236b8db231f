package org.privateevolution.constraint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Seed;

/**
 * Searches for a row that obeys all conditions and stays near a given row. Values that no such row can have are removed
 * first; then columns are fixed one by one, each to the value left that is nearest to its own, and the search goes back
 * if that leaves another column without a value.
 */
final class RowSearch {

    /** Decisions after which a search gives up. */
    private static final int MOST_DECISIONS = 20_000;

    private final RowRules rules;
    private final RowColumns columns;
    private final double[] given;
    private final BitSet fixed = new BitSet();
    private final int[] order;
    private int decisions;

    /** @param given codes of a declared row and its label, which stays as it is */
    RowSearch(RowRules rules, double... given) {
        this.rules = rules;
        this.columns = rules.columns();
        this.given = given.clone();
        this.order = rules.order();
        if (columns.hasLabel()) {
            fixed.set(columns.learnt());
        }
    }

    /** Also keeps the values of these columns. */
    RowSearch keeping(List<Integer> kept) {
        kept.forEach(fixed::set);
        return this;
    }

    /**
     * The row; empty if there is none, or the search gave up. Nulls stay null and values stay values if such a row
     * obeys the conditions, too.
     */
    Optional<double[]> found() {
        return found(true).or(() -> found(false));
    }

    private Optional<double[]> found(boolean keepsNulls) {
        decisions = 0;
        Domains domains = Domains.declared(columns);
        BitSet named = new BitSet();
        rules.conditions().stream().flatMapToInt(Condition::columns).forEach(named::set);
        for (int column = 0; column < columns.size(); column++) {
            boolean isNull = Double.isNaN(given[column]);
            boolean isSound = fixed.get(column) || !named.get(column)
                    ? domains.fix(column, given[column])
                    : !keepsNulls || (isNull ? domains.onlyNull(column) : domains.onlyValue(column));
            if (!isSound) {
                return Optional.empty();
            }
        }
        List<Test> tests = new ArrayList<>();
        List<Condition.Any> choices = new ArrayList<>();
        rules.conditions().forEach(condition -> split(condition, tests, choices));
        return Optional.ofNullable(isPossible(tests, domains) ? chosen(tests, choices, domains) : null);
    }

    private static void split(Condition condition, List<Test> tests, List<Condition.Any> choices) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> split(part, tests, choices));
        } else if (condition instanceof Condition.Any any) {
            choices.add(any);
        } else {
            tests.add((Test) condition);
        }
    }

    /** Decides which alternative of each choice the row obeys. */
    private double[] chosen(List<Test> tests, List<Condition.Any> choices, Domains domains) {
        if (choices.isEmpty()) {
            return assigned(0, tests, domains);
        }
        List<Condition> parts = choices.get(0).parts().stream()
                .sorted(Comparator.comparingLong(this::broken))
                .toList();
        for (Condition part : parts) {
            if (++decisions > MOST_DECISIONS) {
                return null;
            }
            List<Test> more = new ArrayList<>(tests);
            List<Condition.Any> left = new ArrayList<>(choices.subList(1, choices.size()));
            split(part, more, left);
            Domains narrowed = domains.copy();
            double[] row = isPossible(more, narrowed) ? chosen(more, left, narrowed) : null;
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    /** Number of tests of a condition that the given row breaks. */
    private long broken(Condition condition) {
        if (condition.holds(given)) {
            return 0;
        }
        if (condition instanceof Condition.All all) {
            return all.parts().stream().mapToLong(this::broken).sum();
        }
        return condition instanceof Condition.Any any
                ? any.parts().stream().mapToLong(this::broken).min().orElse(1)
                : 1;
    }

    /**
     * Removes values until nothing changes. Returns false if a column is left without a value. Comparisons of two
     * columns settle within as many rounds as there are columns, unless they form a circle that nothing satisfies.
     */
    private boolean isPossible(List<Test> tests, Domains domains) {
        int rounds = 4 * (columns.size() + tests.size()) + 16;
        for (int round = 0; round < rounds; round++) {
            domains.takeChanged();
            for (Test test : tests) {
                if (!test.narrow(domains)) {
                    return false;
                }
            }
            if (!domains.takeChanged()) {
                return true;
            }
        }
        return false;
    }

    private double[] assigned(int position, List<Test> tests, Domains domains) {
        if (position == order.length) {
            double[] codes = new double[order.length];
            Arrays.setAll(codes, domains::fixed);
            return rules.hold(codes) ? codes : null;
        }
        int column = order[position];
        if (domains.isFixed(column)) {
            return assigned(position + 1, tests, domains);
        }
        for (double code : candidates(column, tests, domains)) {
            if (++decisions > MOST_DECISIONS) {
                return null;
            }
            Domains narrowed = domains.copy();
            if (narrowed.fix(column, code) && isPossible(tests, narrowed)) {
                double[] row = assigned(position + 1, tests, narrowed);
                if (row != null) {
                    return row;
                }
            }
        }
        return null;
    }

    /** Values to try, the nearest first. */
    private Set<Double> candidates(int column, List<Test> tests, Domains domains) {
        Set<Double> candidates = new LinkedHashSet<>();
        boolean isNull = Double.isNaN(given[column]);
        if (isNull && domains.canBeNull(column)) {
            candidates.add(Double.NaN);
        }
        if (domains.canHaveValue(column)) {
            if (domains.isNumeric(column)) {
                numbers(column, tests, domains, candidates);
            } else {
                categories(column, domains.codes(column), candidates);
            }
        }
        if (domains.canBeNull(column)) {
            candidates.add(Double.NaN);
        }
        return candidates;
    }

    private void numbers(int column, List<Test> tests, Domains domains, Set<Double> to) {
        NumericColumn numeric = (NumericColumn) columns.get(column);
        double least = domains.least(column);
        double most = domains.most(column);
        double middle = numeric.round(least / 2 + most / 2);
        // What is left of a total after its parts are fixed is a point, give or take a rounding.
        boolean isPoint = most - least <= 1e-8 * Math.max(Math.abs(least), Math.abs(most));
        double nearest = isPoint || Double.isNaN(given[column])
                ? Math.max(least, Math.min(most, middle))
                : Math.max(least, Math.min(most, given[column]));
        to.add(nearest);
        long excluded = tests.stream()
                .filter(test -> test instanceof Linear linear && linear.relation() == Relation.UNEQUAL)
                .count();
        double up = nearest;
        double down = nearest;
        for (int n = 0; n <= excluded; n++) {
            up = columns.above(column, up, true);
            down = columns.below(column, down, true);
            add(up, least, most, to);
            add(down, least, most, to);
        }
        to.add(least);
        to.add(most);
    }

    private static void add(double code, double least, double most, Set<Double> to) {
        if (code >= least && code <= most) {
            to.add(code);
        }
    }

    /** The own category, then those of near numbers; texts in an order that differs from row to row. */
    private void categories(int column, BitSet codes, Set<Double> to) {
        double own = given[column];
        if (!Double.isNaN(own) && codes.get((int) own)) {
            to.add(own);
        }
        int[] left = codes.stream().toArray();
        if (columns.isOrdered(column)) {
            double number = columns.number(column, own);
            IntStream.of(left)
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            code -> Double.isNaN(number) ? 0 : Math.abs(columns.number(column, code) - number)))
                    .forEach(code -> to.add((double) code));
            return;
        }
        int start = (int) Long.remainderUnsigned(Seed.mix(Arrays.hashCode(given) * 31L + column), left.length);
        for (int n = 0; n < left.length; n++) {
            to.add((double) left[(start + n) % left.length]);
        }
    }
}

package org.privateevolution.constraint;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.privateevolution.constraint.Linear.Term;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;

/** Conditions that every row obeys, and the repair of rows that do not. A repair is a function of the row alone. */
final class RowRules implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RowColumns columns;
    private final List<Condition> conditions;
    /** Tests whose last column follows from the others, each after those that it builds on. */
    private final List<Test> completions;
    /** The columns in the order in which a search chooses their values: those that follow from others come last. */
    private final int[] order;

    RowRules(RowColumns columns, List<Condition> conditions) {
        this.columns = columns;
        this.conditions = List.copyOf(conditions);
        int[] depth = new int[columns.size()];
        List<Test> following = conditions.stream()
                .flatMap(Condition::always)
                .filter(test -> dependent(test) >= 0)
                .toList();
        // More rounds would only be needed in a circle.
        for (int round = 0; round < columns.size(); round++) {
            for (Test test : following) {
                int to = dependent(test);
                int deepest = test.columns()
                        .filter(column -> column != to)
                        .map(column -> depth[column])
                        .max()
                        .orElse(0);
                depth[to] = Math.min(columns.size(), Math.max(depth[to], deepest + 1));
            }
        }
        this.completions = following.stream()
                .sorted(Comparator.comparingInt(test -> depth[dependent(test)]))
                .toList();
        this.order = IntStream.range(0, columns.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer column) -> depth[column])
                        .thenComparingDouble(column -> -columns.step(column)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The column that follows from the others of a test; -1 if there is none. */
    private int dependent(Test test) {
        int column = -1;
        if (test instanceof Test.Determined determined) {
            column = determined.to();
        } else if (test instanceof Linear linear && linear.relation() == Relation.EQUAL) {
            column = linear.dependent().column();
        }
        return column < columns.learnt() ? column : -1;
    }

    RowColumns columns() {
        return columns;
    }

    List<Condition> conditions() {
        return conditions;
    }

    /** The columns in the order in which values are chosen. */
    int[] order() {
        return order.clone();
    }

    boolean isEmpty() {
        return conditions.isEmpty();
    }

    boolean hold(double... codes) {
        for (Condition condition : conditions) {
            if (!condition.holds(codes)) {
                return false;
            }
        }
        return true;
    }

    /** The codes of a row and its label, in the order of the columns. */
    double[] codes(int label, TableRow row) {
        double[] codes = new double[columns.size()];
        System.arraycopy(row.codes(), 0, codes, 0, columns.learnt());
        if (columns.hasLabel()) {
            codes[columns.learnt()] = label;
        }
        return codes;
    }

    /** The row with these codes, without the label. */
    TableRow row(double... codes) {
        double[] own = new double[columns.learnt()];
        System.arraycopy(codes, 0, own, 0, own.length);
        return new TableRow(own);
    }

    /** Sets columns that follow from others, as a total does from its parts, where their declaration allows it. */
    void complete(double... codes) {
        for (Test test : completions) {
            if (test.holds(codes)) {
                continue;
            }
            int to = dependent(test);
            double before = codes[to];
            codes[to] = test instanceof Test.Determined determined
                    ? determined.values().get(codes[determined.from()])
                    : solved((Linear) test, codes);
            if (!test.holds(codes)) {
                codes[to] = before;
            }
        }
    }

    private double solved(Linear sum, double... codes) {
        Term term = sum.dependent();
        double number = sum.solved(term, codes);
        if (columns.get(term.column()) instanceof NumericColumn numeric) {
            return numeric.round(number);
        }
        int code = ((CategoricalColumn) columns.get(term.column()))
                .categories()
                .indexOf(Long.toString(Math.round(number)));
        return code < 0 ? codes[term.column()] : code;
    }

    /** Exchanges the numbers of two columns in the wrong order, which changes their distributions little. */
    private void sort(double... codes) {
        List<Linear> pairs = conditions.stream()
                .flatMap(Condition::always)
                .filter(Linear.class::isInstance)
                .map(Linear.class::cast)
                .filter(RowRules::isOrder)
                .toList();
        for (int round = 0; round < pairs.size(); round++) {
            for (Linear pair : pairs) {
                int a = pair.terms().get(0).column();
                int b = pair.terms().get(1).column();
                if (!pair.holds(codes) && fits(a, codes[b]) && fits(b, codes[a])) {
                    double other = codes[a];
                    codes[a] = codes[b];
                    codes[b] = other;
                }
            }
        }
    }

    private static boolean isOrder(Linear test) {
        return test.terms().size() == 2
                && test.terms().stream().mapToInt(Term::factor).sum() == 0
                && (test.relation() == Relation.AT_MOST || test.relation() == Relation.BELOW);
    }

    /** Whether a number is a value of a column of numbers. */
    private boolean fits(int column, double code) {
        return column < columns.learnt()
                && columns.get(column) instanceof NumericColumn numeric
                && numeric.holds(code)
                && numeric.round(code) == code;
    }

    /**
     * The row that obeys the conditions and differs little from this one.
     *
     * @throws IllegalStateException if no row of the label obeys them, or none is found
     */
    TableRow repaired(int label, TableRow row) {
        double[] codes = codes(label, row);
        if (hold(codes)) {
            return row;
        }
        complete(codes);
        if (!hold(codes)) {
            sort(codes);
            complete(codes);
        }
        if (!hold(codes)) {
            double[] given = codes(label, row);
            codes = new RowSearch(this, given)
                    .found()
                    .or(() -> example(label))
                    .orElseThrow(() -> new IllegalStateException("no row obeys the constraints"));
        }
        return row(codes);
    }

    /** A row of a label that obeys the conditions; empty if none is found. */
    Optional<double[]> example(int label) {
        double[] middle = new double[columns.size()];
        for (int c = 0; c < middle.length; c++) {
            middle[c] = columns.get(c) instanceof NumericColumn numeric
                    ? numeric.round((numeric.min() + numeric.max()) / 2)
                    : 0;
        }
        if (columns.hasLabel()) {
            middle[columns.learnt()] = label;
        }
        return new RowSearch(this, middle).found();
    }

    /** Number of labels. */
    int labels() {
        return columns.hasLabel()
                ? ((CategoricalColumn) columns.get(columns.learnt()))
                        .categories()
                        .size()
                : 1;
    }
}

package org.privateevolution.constraint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.Constraint;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;

/**
 * Reads the constraints of a table: {@code UNIQUE (a, b)}, {@code a, b DETERMINES c}, and conditions. Everything that
 * is wrong with them is a problem of one of them.
 */
public final class ConstraintReader {

    private static final String UNIQUE = "unique";
    private static final String DETERMINES = "determines";
    private static final String NULL = "null";

    private final List<Constraint> declared;
    private final RowColumns columns;
    private final Map<String, GeneratedColumn> madeUp = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private final List<Condition> conditions = new ArrayList<>();
    private final List<Integer> origins = new ArrayList<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<UniqueKey> keys = new ArrayList<>();
    /** The constraint that determines each column. */
    private final Map<Integer, Integer> determinedBy = new HashMap<>();
    /** The columns that each determined column follows from. */
    private final Map<Integer, List<Integer>> sources = new HashMap<>();

    /** @param rule index of the constraint */
    public record Problem(int rule, String message) {}

    /** Reads the constraints of a table with the given labels. */
    public ConstraintReader(RunSpec.Tabular table, RunSpec.Labels labels) {
        this(table, Constraints.label(labels));
    }

    ConstraintReader(RunSpec.Tabular table, Optional<CategoricalColumn> label) {
        this.declared = table.constraints();
        this.columns = RowColumns.of(table.schema(), label, table.generated().names());
        table.generated().columns().forEach(column -> madeUp.put(column.name(), column));
    }

    /** The constraints, without those that have problems. */
    public Constraints read() {
        for (int rule = 0; rule < declared.size(); rule++) {
            try {
                read(rule, declared.get(rule));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(rule, "`" + declared.get(rule).text() + "`: " + e.getMessage()));
            }
        }
        if (problems.isEmpty()) {
            requireFree();
        }
        return new Constraints(declared, new RowRules(columns, conditions), origins, inOrder(), keys, List.of());
    }

    /** What is wrong, once they are {@link #read}. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    private void read(int rule, Constraint constraint) {
        Tokens tokens = new Tokens(constraint.text());
        boolean determines = tokens.contain(DETERMINES);
        if (!constraint.values().isEmpty() && !determines) {
            throw new IllegalArgumentException("only a constraint with DETERMINES has a map of values");
        }
        if (tokens.peek().is(UNIQUE) && tokens.peekSecond().is("(")) {
            tokens.next();
            unique(rule, tokens);
        } else if (determines) {
            determination(rule, tokens, constraint.values());
        } else {
            conditions.add(new ConditionReader(columns, tokens).read());
            origins.add(rule);
        }
    }

    private void unique(int rule, Tokens tokens) {
        List<String> names = new ArrayList<>();
        Set<Integer> own = new HashSet<>();
        List<Integer> indexes = new ArrayList<>();
        boolean differs = false;
        tokens.require("(");
        do {
            Optional<GeneratedColumn> made =
                    Optional.ofNullable(madeUp.get(tokens.peek().text()));
            if (made.isPresent()) {
                tokens.next();
                names.add(made.get().name());
                differs |= made.get().kind().unique();
                if (!made.get().kind().unique()) {
                    throw new IllegalArgumentException("values of the made-up column "
                            + made.get().name() + " may repeat: make it an id or uuid, or leave it out");
                }
            } else {
                int column = new ConditionReader(columns, tokens).column();
                if (!own.add(column)) {
                    throw new IllegalArgumentException("column " + columns.name(column) + " is named twice");
                }
                names.add(columns.name(column));
                indexes.add(column);
            }
        } while (tokens.take(","));
        tokens.require(")");
        if (!tokens.isAtEnd()) {
            throw tokens.expected("the end");
        }
        if (!differs && indexes.stream().noneMatch(column -> column < columns.learnt())) {
            throw new IllegalArgumentException("name a column besides the label");
        }
        UniqueKey key = new UniqueKey(rule, names, indexes, differs);
        if (!differs && keys.stream().anyMatch(other -> !other.isMadeUp())) {
            throw new IllegalArgumentException("there is another UNIQUE of columns that are learnt, `"
                    + declared.get(keys.stream()
                                    .filter(other -> !other.isMadeUp())
                                    .findFirst()
                                    .orElseThrow()
                                    .rule())
                            .text()
                    + "`: keep one of them");
        }
        keys.add(key);
    }

    private void determination(int rule, Tokens tokens, Map<String, String> values) {
        List<Integer> from = new ArrayList<>();
        do {
            int column = new ConditionReader(columns, tokens).column();
            if (!(columns.get(column) instanceof CategoricalColumn)) {
                throw new IllegalArgumentException("column " + columns.name(column)
                        + " has no categories: only columns with categories, and the label, determine others");
            }
            from.add(column);
        } while (tokens.take(","));
        tokens.require(DETERMINES);
        int to = new ConditionReader(columns, tokens).column();
        if (!tokens.isAtEnd()) {
            throw tokens.expected("the end");
        }
        if (to >= columns.learnt()) {
            throw new IllegalArgumentException(
                    "the label cannot be determined: it is given before the rest of the row");
        }
        if (determinedBy.containsKey(to)) {
            throw new IllegalArgumentException("column " + columns.name(to) + " is determined already, by `"
                    + declared.get(determinedBy.get(to)).text() + "`: keep one of them");
        }
        if (isReached(to, from)) {
            throw new IllegalArgumentException(
                    "column " + columns.name(to) + " determines itself, directly or through others: leave one out");
        }
        determinedBy.put(to, rule);
        sources.put(to, from);
        if (values.isEmpty()) {
            dependencies.add(new Dependency(rule, from, to));
        } else {
            conditions.add(determined(from, to, values));
            origins.add(rule);
        }
    }

    private boolean isReached(int column, List<Integer> from) {
        return from.stream()
                .anyMatch(source -> source == column || isReached(column, sources.getOrDefault(source, List.of())));
    }

    private Test determined(List<Integer> from, int to, Map<String, String> values) {
        if (from.size() > 1) {
            throw new IllegalArgumentException(
                    "a map of values needs one determining column: write a condition for each combination instead");
        }
        CategoricalColumn determining = (CategoricalColumn) columns.get(from.get(0));
        Map<Double, Double> codes = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            int code = determining.categories().indexOf(key);
            if (code < 0) {
                throw new IllegalArgumentException("'" + key + "' is not a value of column " + determining.name());
            }
            codes.put((double) code, code(columns.get(to), value));
        });
        List<String> missing = determining.categories().stream()
                .filter(category -> !values.containsKey(category))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("no value is given for " + String.join(", ", missing) + " of column "
                    + determining.name() + ": add it");
        }
        return new Test.Determined(from.get(0), to, codes);
    }

    private static double code(Column column, String value) {
        if (column instanceof CategoricalColumn categorical
                && categorical.categories().contains(value)) {
            return categorical.categories().indexOf(value);
        }
        if (value.equals(NULL)) {
            if (!column.nullable()) {
                throw new IllegalArgumentException(
                        "column " + column.name() + " is never null: set nullable: true, or give another value");
            }
            return TableRow.NULL;
        }
        double code = column instanceof NumericColumn numeric
                ? NumericColumn.boundCode(numeric.type(), value)
                : TableRow.NULL;
        if (Double.isNaN(code) || !column.holds(code) || ((NumericColumn) column).round(code) != code) {
            throw new IllegalArgumentException("'" + value + "' is not a declared value of column " + column.name());
        }
        return code;
    }

    /** A value that is learnt can be any: no condition may depend on it, or it might have to be broken. */
    private void requireFree() {
        for (Dependency dependency : dependencies) {
            String learnt = "column " + columns.name(dependency.to()) + " is determined by `"
                    + declared.get(dependency.rule()).text() + "`, with values that are learnt";
            for (int i = 0; i < conditions.size(); i++) {
                if (conditions.get(i).columns().anyMatch(column -> column == dependency.to())) {
                    problems.add(new Problem(
                            origins.get(i),
                            "`" + declared.get(origins.get(i)).text() + "`: " + learnt
                                    + ", so that this might contradict them: give DETERMINES a map of values"));
                }
            }
            for (UniqueKey key : keys) {
                if (!key.isMadeUp() && key.columns().contains(dependency.to())) {
                    problems.add(new Problem(
                            key.rule(),
                            "`" + declared.get(key.rule()).text() + "`: " + learnt + ": leave it out of the key"));
                }
            }
        }
    }

    private List<Dependency> inOrder() {
        List<Dependency> ordered = new ArrayList<>();
        List<Dependency> left = new ArrayList<>(dependencies);
        while (!left.isEmpty()) {
            Dependency first = left.stream()
                    .filter(one -> left.stream().noneMatch(other -> one.from().contains(other.to())))
                    .findFirst()
                    .orElseThrow();
            left.remove(first);
            ordered.add(first);
        }
        return ordered;
    }
}

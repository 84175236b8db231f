package org.privateevolution.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.privateevolution.constraint.ConstraintReader.Problem;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.Constraint;
import org.privateevolution.model.NumericColumn;

/** Finds constraints that no declared row obeys, before anything is charged. */
public final class Contradictions {

    private static final int SHOWN_CATEGORIES = 5;

    private final List<Constraint> declared;
    private final Constraints constraints;
    private final RowRules rules;

    /** @param declared the declarations that the constraints were read from */
    public Contradictions(List<Constraint> declared, Constraints constraints) {
        this.declared = List.copyOf(declared);
        this.constraints = constraints;
        this.rules = constraints.rules();
    }

    /**
     * Finds a smallest set of constraints that contradict each other, for some label.
     *
     * @return the problem of the last of them; empty if each label has a row that obeys all
     */
    public Optional<Problem> find() {
        int labels = namesLabel() ? rules.labels() : 1;
        for (int label = 0; label < labels; label++) {
            if (rules.example(label).isEmpty()) {
                return Optional.of(problem(label, labels));
            }
        }
        return Optional.empty();
    }

    private boolean namesLabel() {
        RowColumns columns = rules.columns();
        return columns.hasLabel()
                && rules.conditions().stream()
                        .flatMapToInt(Condition::columns)
                        .anyMatch(column -> column >= columns.learnt());
    }

    private Problem problem(int label, int labels) {
        List<Integer> core =
                IntStream.range(0, rules.conditions().size()).boxed().collect(Collectors.toCollection(ArrayList::new));
        for (Integer one : List.copyOf(core)) {
            List<Integer> others =
                    core.stream().filter(other -> !other.equals(one)).toList();
            if (!isPossible(others, label)) {
                core.remove(one);
            }
        }
        String where = labels > 1
                ? " with " + rules.columns().name(rules.columns().learnt()) + " = '"
                        + ((CategoricalColumn)
                                        rules.columns().get(rules.columns().learnt()))
                                .categories()
                                .get(label)
                        + "'"
                : "";
        int last = constraints.origins().get(core.get(core.size() - 1));
        String others = core.subList(0, core.size() - 1).stream()
                .map(at -> "`" + text(at) + "`")
                .collect(Collectors.joining(" and "));
        return new Problem(
                last,
                "`" + declared.get(last).text() + "`"
                        + (others.isEmpty()
                                ? " can never hold: no declared row" + where + " obeys it"
                                : " contradicts " + others + ": no declared row" + where + " obeys "
                                        + (core.size() == 2 ? "both" : "all of them"))
                        + " (" + declarations(core) + "): widen the columns, or change or remove a constraint");
    }

    private boolean isPossible(List<Integer> some, int label) {
        return new RowRules(
                        rules.columns(),
                        some.stream().map(rules.conditions()::get).toList())
                .example(label)
                .isPresent();
    }

    private String text(int condition) {
        return declared.get(constraints.origins().get(condition)).text();
    }

    /** What is declared of the columns that some conditions name. */
    private String declarations(List<Integer> some) {
        return some.stream()
                .flatMap(at -> rules.conditions().get(at).columns().boxed())
                .distinct()
                .map(rules.columns()::get)
                .map(Contradictions::declaration)
                .collect(Collectors.joining("; "));
    }

    private static String declaration(Column column) {
        String values;
        if (column instanceof NumericColumn numeric) {
            values = numeric.text(numeric.min()) + " to " + numeric.text(numeric.max());
        } else {
            List<String> categories = ((CategoricalColumn) column).categories();
            values = String.join(", ", categories.subList(0, Math.min(SHOWN_CATEGORIES, categories.size())))
                    + (categories.size() > SHOWN_CATEGORIES ? ", ..." : "");
        }
        return column.name() + " is " + values + (column.nullable() ? " or null" : "");
    }

    /**
     * Checks that there are as many different keys as rows, whatever the rows' labels are.
     *
     * @param rows number of rows to publish
     */
    public Optional<Problem> tooFewKeys(long rows) {
        Optional<UniqueKey> key = constraints.key();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        if (rows > UniqueRows.MOST_ROWS) {
            return Optional.of(new Problem(
                    key.get().rule(),
                    "`" + declared.get(key.get().rule()).text() + "`: " + rows + " rows are more than the "
                            + UniqueRows.MOST_ROWS + " that can be kept apart: ask for fewer rows, or add an id"));
        }
        for (int label = 0; label < rules.labels(); label++) {
            long found = new UniqueRows(constraints).count(label, rows);
            if (found < rows) {
                return Optional.of(new Problem(
                        key.get().rule(),
                        "`" + declared.get(key.get().rule()).text() + "`: " + rows
                                + " rows need as many different values of "
                                + String.join(", ", key.get().names()) + ", but only " + found + " were found"
                                + ": widen these columns, or ask for fewer rows"));
            }
        }
        return Optional.empty();
    }
}

package org.privateevolution.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The columns that a record's label is made of. A label is a combination of their values; labels are numbered from 0.
 * A run without label columns has one label, {@code all}.
 */
public final class LabelColumns implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Largest number of combinations of several columns. */
    public static final int MOST_COMBINATIONS = 1_000;

    /** Largest number of combinations among which those that can occur are looked for. */
    private static final int MOST_PRODUCT = 1_000_000;

    private static final String TOO_MANY = ", but at most " + MOST_COMBINATIONS
            + " can be told apart from the noise: list those that can occur in labels.combinations, make some of the"
            + " columns features (tabular.columns), or merge rare values";

    /** Stands between the values of a combination's name. */
    public static final String BETWEEN = ", ";

    /** No column, and one label. */
    public static final LabelColumns NONE = new LabelColumns("", List.of(), List.of(List.of()), List.of("all"));

    private final String undiscovered;
    private final List<CategoricalColumn> columns;
    private final List<List<Integer>> combinations;
    private final List<String> names;
    private final Map<List<Integer>, Integer> labels = new HashMap<>();

    /** @param undiscovered name of a column without declared values; empty if all values are declared */
    private LabelColumns(
            String undiscovered,
            List<CategoricalColumn> columns,
            List<List<Integer>> combinations,
            List<String> names) {
        this.undiscovered = undiscovered;
        this.columns = List.copyOf(columns);
        this.combinations = List.copyOf(combinations);
        this.names = List.copyOf(names);
        for (List<Integer> combination : this.combinations) {
            labels.put(combination, labels.size());
        }
    }

    /** Labels that are the values of one column. */
    public static LabelColumns of(CategoricalColumn column) {
        List<List<Integer>> values = new ArrayList<>();
        for (int code = 0; code < column.categories().size(); code++) {
            values.add(List.of(code));
        }
        return new LabelColumns("", List.of(column), values, column.categories());
    }

    /** Labels that a discovery is to find in a column. Until it has, there is none. */
    public static LabelColumns undiscovered(String column) {
        if (column.isBlank()) {
            throw new IllegalArgumentException("a label column has no name: give it its name in the private data");
        }
        return new LabelColumns(column, List.of(), List.of(), List.of());
    }

    /**
     * Labels that are combinations of the values of several columns.
     *
     * @param columns different columns, two or more, none of them nullable
     * @param possible whether a combination, given as the text of its values in order, can occur
     * @throws IllegalArgumentException if there are none, too many, or two with the same name
     */
    public static LabelColumns of(List<CategoricalColumn> columns, Predicate<List<String>> possible) {
        Set<String> different = new HashSet<>();
        for (CategoricalColumn column : columns) {
            if (!different.add(column.name())) {
                throw new IllegalArgumentException(
                        "column '" + column.name() + "' is declared twice: give each label column once");
            }
        }
        long product = columns.stream()
                .mapToLong(column -> column.categories().size())
                .reduce(1, (a, b) -> Math.min(a * b, Integer.MAX_VALUE));
        if (product > MOST_PRODUCT) {
            throw new IllegalArgumentException("the values of the " + columns.size() + " label columns have more than "
                    + MOST_PRODUCT + " combinations" + TOO_MANY);
        }
        List<List<Integer>> combinations = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < product; i++) {
            List<Integer> codes = codes(columns, i);
            List<String> texts = texts(columns, codes);
            if (!possible.test(texts)) {
                continue;
            }
            String name = String.join(BETWEEN, texts);
            if (!taken.add(name)) {
                throw new IllegalArgumentException("two combinations of labels have the same name, '" + name
                        + "': rename values that contain a comma");
            }
            combinations.add(codes);
            names.add(name);
        }
        if (combinations.isEmpty()) {
            throw new IllegalArgumentException("no combination of labels is left: declare which of them can occur");
        }
        if (combinations.size() > MOST_COMBINATIONS) {
            throw new IllegalArgumentException("the " + columns.size() + " label columns have " + combinations.size()
                    + " combinations" + TOO_MANY);
        }
        return new LabelColumns("", columns, combinations, names);
    }

    /** The last column changes fastest. */
    private static List<Integer> codes(List<CategoricalColumn> columns, int number) {
        Integer[] codes = new Integer[columns.size()];
        int left = number;
        for (int c = codes.length - 1; c >= 0; c--) {
            int values = columns.get(c).categories().size();
            codes[c] = left % values;
            left /= values;
        }
        return List.of(codes);
    }

    private static List<String> texts(List<CategoricalColumn> columns, List<Integer> codes) {
        List<String> texts = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            texts.add(columns.get(c).categories().get(codes.get(c)));
        }
        return texts;
    }

    /** The columns, in order; empty if the run has no labels, or is to discover them. */
    public List<CategoricalColumn> columns() {
        return columns;
    }

    /** Whether a discovery is to find the labels. */
    public boolean undiscovered() {
        return !undiscovered.isEmpty();
    }

    /** Whether the run has no label column. */
    public boolean isEmpty() {
        return columnNames().isEmpty();
    }

    /** Names of the columns, in order. */
    public List<String> columnNames() {
        if (undiscovered()) {
            return List.of(undiscovered);
        }
        return columns.stream().map(CategoricalColumn::name).toList();
    }

    /**
     * The text of each label, in index order: its value or, with several columns, its values with commas between; empty
     * before a discovery.
     */
    public List<String> names() {
        return names;
    }

    /** The texts of a label's values, one per column. */
    public List<String> texts(int label) {
        return texts(columns, combinations.get(label));
    }

    /** The values of a label, one per column, as {@link Column#decode} returns them. */
    public List<Object> values(int label) {
        List<Object> values = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            values.add(columns.get(c).decode(combinations.get(label).get(c)));
        }
        return values;
    }

    /** Whether some combination of values is not a label. */
    public boolean leavesOut() {
        return !undiscovered()
                && combinations.size()
                        < columns.stream()
                                .mapToInt(column -> column.categories().size())
                                .reduce(1, Math::multiplyExact);
    }

    /**
     * The label of values, one per column. A column's {@code other} takes its undeclared values, nulls included.
     *
     * @throws UndeclaredValueException if a value or their combination is not declared; the message contains no value
     */
    public int label(List<?> values) {
        List<Integer> codes = new ArrayList<>(columns.size());
        for (int c = 0; c < columns.size(); c++) {
            CategoricalColumn column = columns.get(c);
            try {
                codes.add((int) column.encode(values.get(c)));
            } catch (UndeclaredValueException e) {
                if (column.other() != null) {
                    codes.add(column.categories().indexOf(column.other()));
                    continue;
                }
                throw new UndeclaredValueException("column '" + column.name()
                        + "': a private label is null or not in labels.values: add it there, or remove such records");
            }
        }
        Integer label = labels.get(codes);
        if (label == null) {
            throw new UndeclaredValueException("columns '" + String.join("', '", columnNames())
                    + "': a private record has a combination of labels that is declared not to occur: correct"
                    + " labels.combinations or labels.impossible, or remove such records");
        }
        return label;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelColumns same
                && undiscovered.equals(same.undiscovered)
                && columns.equals(same.columns)
                && combinations.equals(same.combinations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(undiscovered, columns);
    }

    @Override
    public String toString() {
        return String.join(BETWEEN, columnNames()) + " " + names;
    }
}

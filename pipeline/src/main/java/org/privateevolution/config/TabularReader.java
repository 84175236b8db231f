package org.privateevolution.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spi.Content;

/** Reads the declared schema of a table and how its rows are varied and embedded. */
final class TabularReader {

    private static final String COLUMNS = "columns";
    private static final Map<String, Boolean> OUT_OF_RANGE = Map.of("error", false, "clamp", true);
    private static final Map<String, Boolean> DECAY = Map.of("polynomial", false, "linear", true);

    private final Section section;
    private final Problems problems;

    TabularReader(Section section, Problems problems) {
        this.section = section;
        this.problems = problems;
    }

    RunSpec.Tabular read() {
        int before = problems.count();
        List<Column> columns = columns();
        RunSpec.Mutation mutation = mutation(section.section("mutation"));
        Optional<ForeignGenerator> generator = section.has(Key.TABULAR_GENERATION)
                ? Optional.ofNullable(
                        new ExtensionReader(problems).generator(section, Key.TABULAR_GENERATION, Content.ROWS))
                : Optional.empty();
        Double numericWeight = RunSpecReader.positive(section, Key.TABULAR_NUMERIC_WEIGHT);
        Double categoricalWeight = RunSpecReader.positive(section, Key.TABULAR_CATEGORICAL_WEIGHT);
        return problems.count() > before
                ? null
                : new RunSpec.Tabular(new TableSchema(columns), mutation, generator, numericWeight, categoricalWeight);
    }

    private List<Column> columns() {
        List<Section> entries = section.sections(COLUMNS);
        if (entries == null || entries.isEmpty()) {
            problems.missing("tabular.columns", "declare at least one feature column");
            return List.of();
        }
        List<Column> columns = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Section entry = entries.get(i);
            String name = entry.text(Key.TABULAR_COLUMNS_NAME);
            Integer first = name == null ? null : places.putIfAbsent(name, i);
            if (first != null) {
                entry.conflict(Key.TABULAR_COLUMNS_NAME, name + " is a duplicate of column " + first);
            }
            Column column = column(entry, name);
            if (column != null) {
                columns.add(column);
            }
        }
        return columns;
    }

    private Column column(Section entry, String name) {
        int before = problems.count();
        ColumnType type = ColumnTypes.read(entry, Key.TABULAR_COLUMNS_TYPE);
        Boolean nullable = entry.flag(Key.TABULAR_COLUMNS_NULLABLE);
        if (name == null || type == null || nullable == null) {
            return null;
        }
        boolean categorical = entry.has(Key.TABULAR_COLUMNS_CATEGORIES)
                || type.kind() == ColumnType.Kind.STRING
                || type.kind() == ColumnType.Kind.BOOLEAN;
        try {
            return categorical
                    ? categorical(entry, name, type, nullable, before)
                    : numeric(entry, name, type, nullable, before);
        } catch (IllegalArgumentException e) {
            entry.conflict(e.getMessage());
            return null;
        }
    }

    private Column categorical(Section entry, String name, ColumnType type, boolean nullable, int before) {
        String reason = "a column with categories has no bounds";
        entry.refuse(Key.TABULAR_COLUMNS_MIN, reason);
        entry.refuse(Key.TABULAR_COLUMNS_MAX, reason);
        entry.refuse(Key.TABULAR_COLUMNS_OUT_OF_RANGE, reason + ": use other");
        entry.refuse(Key.TABULAR_COLUMNS_DECIMALS, "its categories are written as declared");
        entry.refuse(Key.TABULAR_COLUMNS_SPECIAL, "each category is counted apart from the others anyway");
        boolean declared = entry.has(Key.TABULAR_COLUMNS_CATEGORIES);
        if (!declared && type.kind() == ColumnType.Kind.STRING) {
            entry.missing(Key.TABULAR_COLUMNS_CATEGORIES, "column '" + name + "' is a string: declare its values");
        }
        List<String> categories = declared ? entry.texts(Key.TABULAR_COLUMNS_CATEGORIES) : List.of();
        String other = entry.text(Key.TABULAR_COLUMNS_OTHER);
        return problems.count() > before ? null : new CategoricalColumn(name, type, categories, nullable, other);
    }

    private Column numeric(Section entry, String name, ColumnType type, boolean nullable, int before) {
        entry.refuse(Key.TABULAR_COLUMNS_OTHER, "it needs categories; for bounds use out_of_range: clamp");
        Double min = bound(entry, Key.TABULAR_COLUMNS_MIN, name, type);
        Double max = bound(entry, Key.TABULAR_COLUMNS_MAX, name, type);
        Boolean clamp = entry.choice(Key.TABULAR_COLUMNS_OUT_OF_RANGE, OUT_OF_RANGE);
        List<String> texts =
                entry.has(Key.TABULAR_COLUMNS_SPECIAL) ? entry.texts(Key.TABULAR_COLUMNS_SPECIAL) : List.of();
        List<Double> special = new ArrayList<>();
        if (texts != null) {
            texts.forEach(text -> special.add(code(entry, Key.TABULAR_COLUMNS_SPECIAL, text, type)));
        }
        Integer decimals = entry.has(Key.TABULAR_COLUMNS_DECIMALS)
                ? entry.integer(Key.TABULAR_COLUMNS_DECIMALS, 0, Integer.MAX_VALUE)
                : Integer.valueOf(NumericColumn.ALL_DECIMALS);
        return problems.count() > before
                ? null
                : new NumericColumn(name, type, min, max, nullable, clamp, decimals, special);
    }

    private static Double bound(Section entry, Key key, String name, ColumnType type) {
        if (!entry.has(key)) {
            entry.missing(
                    key,
                    "column '" + name + "' is of type " + type.configName() + ": declare min and max, which"
                            + " are public, or categories");
            return null;
        }
        String text = entry.text(key);
        return text == null ? null : code(entry, key, text, type);
    }

    private static Double code(Section entry, Key key, String text, ColumnType type) {
        try {
            return NumericColumn.boundCode(type, text);
        } catch (IllegalArgumentException e) {
            entry.conflict(key, e.getMessage());
            return null;
        }
    }

    private static RunSpec.Mutation mutation(Section mutation) {
        Double initial = rate(mutation, Key.TABULAR_MUTATION_INITIAL);
        Double last = rate(mutation, Key.TABULAR_MUTATION_LAST);
        Boolean linear = mutation.choice(Key.TABULAR_MUTATION_DECAY, DECAY);
        if (Boolean.TRUE.equals(linear)) {
            mutation.refuse(Key.TABULAR_MUTATION_GAMMA, "the decay is linear: take it out, or set decay: polynomial");
        }
        Double gamma = RunSpecReader.positive(mutation, Key.TABULAR_MUTATION_GAMMA);
        Integer iterations = mutation.integer(Key.TABULAR_MUTATION_ITERATIONS, 1, Integer.MAX_VALUE);
        if (initial == null || last == null || linear == null || gamma == null || iterations == null) {
            return null;
        }
        return new RunSpec.Mutation(initial, last, linear ? 1 : gamma, iterations);
    }

    private static Double rate(Section mutation, Key key) {
        return mutation.number(key, x -> x >= 0 && x <= 1, "must be from 0 to 1");
    }
}

package org.privateevolution.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableSchema;

/** The declared schema of a table, and how its rows are varied and embedded. */
final class TabularSettings extends Group<RunSpec.Tabular> {

    final ColumnSettings columns = mountList(
            new ColumnSettings(path("columns[]")), tabular -> tabular.schema().columns());
    final MutationSettings mutation = mount(new MutationSettings(path("mutation")), RunSpec.Tabular::mutation);
    final Setting<Double> numericWeight = value(
            "numeric_weight",
            Real.POSITIVE,
            1.0,
            "Length of a numeric column's range in the embedding.",
            RunSpec.Tabular::numericWeight);
    final Setting<Double> categoricalWeight = value(
            "categorical_weight",
            Real.POSITIVE,
            1.0 / 3,
            "Entry of a categorical column's one-hot vector in the embedding.",
            RunSpec.Tabular::categoricalWeight);

    TabularSettings(String path) {
        super(path);
    }

    RunSpec.Tabular read(Section section) {
        List<Column> declared = columns(section);
        RunSpec.Mutation moves = mutation.read(section.open(mutation));
        return section.make(() -> new RunSpec.Tabular(
                new TableSchema(declared), moves, section.get(numericWeight), section.get(categoricalWeight)));
    }

    private List<Column> columns(Section section) {
        List<Section> entries = section.openList(columns);
        if (entries == null || entries.isEmpty()) {
            section.missing(columns, "declare at least one feature column");
            return List.of();
        }
        List<Column> declared = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Section entry = entries.get(i);
            String name = entry.get(columns.name);
            Integer first = name == null ? null : places.putIfAbsent(name, i);
            if (first != null) {
                entry.conflict(columns.name, name + " is a duplicate of column " + first);
            }
            declared.add(columns.read(entry));
        }
        return declared;
    }

    /** One feature column. */
    static final class ColumnSettings extends Group<Column> {

        final Setting<String> name =
                required("name", Text.of("string"), "Name of a feature column of the private data.", Column::name);
        final Setting<ColumnType> type = required(
                "type",
                Text.columnType("`string`, `boolean`, `byte`, `short`, `integer`, `long`, `float`, `double`,"
                        + " `decimal(p,s)`, `date`, `timestamp` or `timestamp_ntz`"),
                "Type of the column.",
                Column::type);
        final Setting<List<String>> categories = optional(
                "categories",
                Listed.distinct(Text.any("string"), "list of strings"),
                null,
                "required for `string`; `[false, true]` for `boolean`",
                "The values the column may have. They are public. A column of any type may have categories instead of"
                        + " bounds.",
                categorical(CategoricalColumn::categories));
        final Setting<String> other = optional(
                "other",
                Text.of("one of the categories"),
                null,
                "none: an undeclared value is an error",
                "Category that takes every value that is not declared.",
                categorical(CategoricalColumn::other));
        final Setting<String> min = optional(
                "min",
                Text.of("value of the type"),
                null,
                "required without categories",
                "Smallest value. It is public. Dates are written 1910-01-01, timestamps 1910-01-01T00:00:00Z.",
                numeric(column -> column.text(column.min())));
        final Setting<String> max = optional(
                "max",
                Text.of("value of the type"),
                null,
                "required without categories",
                "Largest value, greater than the smallest.",
                numeric(column -> column.text(column.max())));
        final Setting<Boolean> clamp = value(
                "out_of_range",
                Words.flag("error", "clamp"),
                false,
                "What a value beyond the bounds is: an error, or moved to the bound.",
                numeric(NumericColumn::clamp));
        final Setting<Integer> decimals = optional(
                "decimals",
                Whole.between(0, 15),
                NumericColumn.ALL_DECIMALS,
                "as many as the type has",
                "Digits after the point that synthetic numbers of a `float` or `double` column have.",
                numeric(NumericColumn::decimals));
        final Setting<List<String>> special = optional(
                "special",
                Listed.distinct(Text.any("value of the type"), "list of values of the type"),
                List.of(),
                "none",
                "Numbers, besides 0 and the bounds, that many records may share, such as -1 or 9999. They are public. An"
                        + " estimate counts each apart from the numbers around it, and hits it exactly where its count"
                        + " rises above the noise.",
                numeric(column -> column.special().stream().map(column::text).toList()));
        final Setting<Boolean> nullable = value(
                "nullable",
                new Flag(),
                false,
                "Whether null is a value of its own; if not, a null in the private data is an error.",
                Column::nullable);

        ColumnSettings(String path) {
            super(path);
        }

        private static <T> Function<Column, T> categorical(Function<CategoricalColumn, T> of) {
            return column -> column instanceof CategoricalColumn known ? of.apply(known) : null;
        }

        private static <T> Function<Column, T> numeric(Function<NumericColumn, T> of) {
            return column -> column instanceof NumericColumn known ? of.apply(known) : null;
        }

        Column read(Section section) {
            ColumnType known = section.get(type);
            if (section.get(name) == null || known == null) {
                return null;
            }
            boolean hasCategories = section.has(categories)
                    || known.kind() == ColumnType.Kind.STRING
                    || known.kind() == ColumnType.Kind.BOOLEAN;
            try {
                return hasCategories ? categorical(section) : numeric(section);
            } catch (IllegalArgumentException e) {
                section.conflict(e.getMessage());
                return null;
            }
        }

        private Column categorical(Section section) {
            String reason = "a column with categories has no bounds";
            section.refuse(min, reason);
            section.refuse(max, reason);
            section.refuse(clamp, reason + ": use other");
            section.refuse(decimals, "its categories are written as declared");
            section.refuse(special, "each category is counted apart from the others anyway");
            if (section.get(type).kind() == ColumnType.Kind.STRING) {
                section.require(categories, "column '" + section.get(name) + "' is a string: declare its values");
            }
            return section.make(() -> new CategoricalColumn(
                    section.get(name),
                    section.get(type),
                    section.has(categories) ? section.get(categories) : List.of(),
                    section.get(nullable),
                    section.get(other)));
        }

        private Column numeric(Section section) {
            section.refuse(other, "it needs categories; for bounds use out_of_range: clamp");
            for (Setting<String> bound : List.of(min, max)) {
                section.require(
                        bound,
                        "column '" + section.get(name) + "' is of type "
                                + section.get(type).configName()
                                + ": declare min and max, which are public, or categories");
            }
            Double least = code(section, min, section.get(min));
            Double most = code(section, max, section.get(max));
            List<Double> codes = new ArrayList<>();
            if (section.get(special) != null) {
                section.get(special).forEach(text -> codes.add(code(section, special, text)));
            }
            return section.make(() -> new NumericColumn(
                    section.get(name),
                    section.get(type),
                    least,
                    most,
                    section.get(nullable),
                    section.get(clamp),
                    section.get(decimals),
                    codes));
        }

        private Double code(Section section, Setting<?> setting, String text) {
            try {
                return text == null ? null : NumericColumn.boundCode(section.get(type), text);
            } catch (IllegalArgumentException e) {
                section.conflict(setting, e.getMessage());
                return null;
            }
        }
    }

    /** How far rows are moved. */
    static final class MutationSettings extends Group<RunSpec.Mutation> {

        final Setting<Double> initial = value(
                "initial",
                Real.SHARE,
                0.5,
                "How far the first variations move a row: the probability that a category is redrawn, and the share of its"
                        + " range that a number moves by at most.",
                RunSpec.Mutation::initial);
        final Setting<Double> last = value(
                "last", Real.SHARE, 0.01, "The same, after `tabular.mutation.iterations`.", RunSpec.Mutation::last);
        // Canonical configurations have a gamma of 1 in place of a linear decay.
        final Setting<Boolean> linear = value(
                "decay",
                Words.flag("polynomial", "linear"),
                false,
                "How the mutation rate goes from the first to the last.",
                mutation -> null);
        final Setting<Double> gamma = value(
                "gamma", Real.POSITIVE, 0.2, "Exponent of the polynomial decay; linear is 1.", RunSpec.Mutation::gamma);
        final Setting<Integer> iterations = value(
                "iterations",
                Whole.atLeast(1),
                15,
                "Votes after which the mutation rate stays at its last value.",
                RunSpec.Mutation::iterations);

        MutationSettings(String path) {
            super(path);
        }

        RunSpec.Mutation read(Section section) {
            if (Boolean.TRUE.equals(section.get(linear))) {
                section.refuse(gamma, "the decay is linear: take it out, or set decay: polynomial");
            }
            return section.make(() -> new RunSpec.Mutation(
                    section.get(initial),
                    section.get(last),
                    section.get(linear) ? 1 : section.get(gamma),
                    section.get(iterations)));
        }
    }
}

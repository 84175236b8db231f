package org.privateevolution.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.RunSpec;

/** The section of the labels and their shares. */
final class LabelsSettings extends Group<RunSpec.Labels> {

    private static final RunSpec.Fractions UNIFORM = new RunSpec.Fractions.Uniform();

    /** Largest accepted distance of the sum of declared shares from 1; covers rounding to nine places. */
    private static final double SUM_TOLERANCE = 1e-9;

    private static final Type<List<Map<String, String>>> MAPS = Listed.of(Text.map());

    private final SharesSettings shares = within("fractions", new SharesSettings());

    final Setting<String> column = optional("column", Text.of("column name"), "", LabelsSettings::column)
            .means("Column of the private data on which samples are conditioned. Without it, all samples have the"
                    + " label `all`.");
    final Setting<ColumnType> type = value(
                    "type",
                    Text.columnType("column type"),
                    ColumnType.of(ColumnType.Kind.STRING),
                    single(CategoricalColumn::type))
            .means("Type of the label column.");
    final Setting<List<String>> values = optional(
                    "values",
                    Listed.distinct(Text.any("string"), "list of strings"),
                    null,
                    single(CategoricalColumn::categories))
            .otherwise("required with `labels.column`, except with `tabular.discover`, which finds them")
            .means("The labels. They are public: declare them, do not read them from the private data.");
    final Setting<String> other = optional(
                    "other", Text.of("one of the labels"), null, single(CategoricalColumn::other))
            .otherwise("none: an undeclared label is an error")
            .means("Label that replaces every undeclared label and null. Not with `labels.columns`.");
    final LabelColumnSettings columns = mountList(
            "columns",
            new LabelColumnSettings(),
            labels -> labels.columns().columns().size() > 1 ? labels.columns().columns() : null);
    final Setting<List<Map<String, String>>> combinations = optional(
                    "combinations", MAPS, null, LabelsSettings::combinations)
            .otherwise("all combinations of the values of `labels.columns`")
            .means("The combinations that can occur, each a map from label column to value; a column that is left out"
                    + " stands for all of its values. They are public. A private record with another combination is an"
                    + " error.");
    // Canonical configurations write the combinations that are left.
    final Setting<List<Map<String, String>>> impossible = optional("impossible", MAPS, null, labels -> null)
            .means("The combinations that cannot occur, instead of `labels.combinations`, written in the same way.");
    final Setting<Object> fractions = value("fractions", new Shares(shares), Shares.UNIFORM, this::canonical)
            .means("Share of the samples per label. Shares are public and sum to 1.");

    @Override
    public Stream<Setting<?>> settings() {
        return Stream.concat(super.settings(), shares.settings());
    }

    /** @param discovers whether the run is to discover the labels that are not declared */
    RunSpec.Labels read(Section section, boolean discovers) {
        if (section.has(columns)) {
            for (Setting<?> setting : List.of(column, type, values, other)) {
                section.refuse(setting, "labels.columns declares the label columns");
            }
            LabelColumns several = several(section, discovers);
            return several == null ? null : new RunSpec.Labels(several, fractions(section, several.names()));
        }
        for (Setting<?> setting : List.of(combinations, impossible)) {
            section.refuse(setting, "it needs labels.columns");
        }
        if (!section.has(column)) {
            for (Setting<?> setting : List.of(type, values, other, fractions)) {
                section.refuse(setting, "it needs labels.column");
            }
            return new RunSpec.Labels(LabelColumns.NONE, UNIFORM);
        }
        if (discovers && !section.has(values)) {
            return undiscovered(section);
        }
        section.require(values, "declare the labels: they are public");
        LabelColumns one = one(section);
        return one == null ? null : new RunSpec.Labels(one, fractions(section, one.names()));
    }

    private RunSpec.Labels undiscovered(Section section) {
        for (Setting<?> setting : List.of(type, other)) {
            section.refuse(setting, "it needs labels.values; without them, tabular.discover finds the labels");
        }
        if (section.get(fractions) instanceof Node.Mapping map
                && !(map.entries().get(shares.noisy.name()) instanceof Node.Mapping)) {
            section.refuse(fractions, "shares by label need labels.values: declare them, or remove the shares");
        }
        RunSpec.Fractions found = section.isSound(fractions) ? fractions(section, List.of()) : null;
        return section.make(() -> new RunSpec.Labels(LabelColumns.undiscovered(section.get(column)), found));
    }

    private LabelColumns one(Section section) {
        if (section.get(column) == null || section.get(type) == null || section.get(values) == null) {
            return null;
        }
        try {
            CategoricalColumn declared =
                    new CategoricalColumn(section.get(column), section.get(type), section.get(values), false, null);
            String rest = section.get(other);
            if (rest == null) {
                return LabelColumns.of(declared);
            }
            if (!declared.categories().contains(rest)) {
                section.conflict(other, rest + " is not one of labels.values: add it there");
                return null;
            }
            return LabelColumns.of(new CategoricalColumn(
                    declared.name(), declared.type(), declared.categories(), declared.nullable(), rest));
        } catch (IllegalArgumentException e) {
            section.conflict(values, e.getMessage());
            return null;
        }
    }

    /** Returns null if a declaration is wrong. */
    private LabelColumns several(Section section, boolean discovers) {
        List<Section> entries = section.openList(columns);
        List<CategoricalColumn> declared = new ArrayList<>();
        if (entries != null) {
            entries.forEach(entry -> declared.add(columns.read(entry)));
        }
        if (discovers && entries != null && !entries.stream().allMatch(entry -> entry.has(columns.values))) {
            section.problem(
                    columns,
                    "all need values: tabular.discover finds the labels of a single column only, which labels.column"
                            + " names");
        }
        if (entries == null || declared.contains(null)) {
            return null;
        }
        if (declared.size() < 2) {
            section.problem(
                    columns,
                    "has " + declared.size()
                            + (declared.size() == 1 ? " entry" : " entries")
                            + ": declare two or more columns, or one with labels.column");
            return null;
        }
        if (section.has(combinations)) {
            section.refuse(impossible, "labels.combinations lists the combinations that can occur");
        }
        boolean occurring = section.has(combinations);
        Setting<List<Map<String, String>>> lists = occurring ? combinations : impossible;
        List<Map<String, String>> patterns = section.get(lists);
        if (section.has(lists) && (patterns == null || !checked(section, lists, patterns, declared))) {
            return null;
        }
        try {
            return section.make(() -> LabelColumns.of(
                    declared,
                    texts -> patterns == null
                            || occurring == patterns.stream().anyMatch(pattern -> matches(pattern, declared, texts))));
        } catch (IllegalArgumentException e) {
            section.problem(columns, e.getMessage());
            return null;
        }
    }

    /** Whether all entries name label columns and declared values; what is wrong is noted. */
    private static boolean checked(
            Section section,
            Setting<List<Map<String, String>>> lists,
            List<Map<String, String>> patterns,
            List<CategoricalColumn> declared) {
        List<String> names = declared.stream().map(CategoricalColumn::name).toList();
        for (Map<String, String> pattern : patterns) {
            for (Map.Entry<String, String> entry : pattern.entrySet()) {
                int at = names.indexOf(entry.getKey());
                if (at < 0) {
                    section.conflict(
                            lists,
                            entry.getKey() + " is not a label column; did you mean "
                                    + NearestKey.of(entry.getKey(), names) + "?");
                    return false;
                }
                List<String> values = declared.get(at).categories();
                if (!values.contains(entry.getValue())) {
                    section.conflict(
                            lists,
                            entry.getValue() + " is not a value of " + entry.getKey() + "; did you mean "
                                    + NearestKey.of(entry.getValue(), values) + "?");
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean matches(Map<String, String> pattern, List<CategoricalColumn> declared, List<String> texts) {
        for (int c = 0; c < declared.size(); c++) {
            String wanted = pattern.get(declared.get(c).name());
            if (wanted != null && !wanted.equals(texts.get(c))) {
                return false;
            }
        }
        return true;
    }

    /** Null if there are several. */
    private static String column(RunSpec.Labels labels) {
        return labels.columns().columnNames().size() == 1 ? labels.column() : null;
    }

    private static <T> Function<RunSpec.Labels, T> single(Function<CategoricalColumn, T> of) {
        return labels -> labels.columns().columns().size() == 1
                ? of.apply(labels.columns().columns().get(0))
                : null;
    }

    /** All combinations; null if none is left out, or there is one column. */
    private static List<Map<String, String>> combinations(RunSpec.Labels labels) {
        LabelColumns columns = labels.columns();
        if (columns.columns().size() < 2 || !columns.leavesOut()) {
            return null;
        }
        List<Map<String, String>> all = new ArrayList<>();
        for (int label = 0; label < columns.names().size(); label++) {
            Map<String, String> combination = new LinkedHashMap<>();
            for (int c = 0; c < columns.columns().size(); c++) {
                combination.put(
                        columns.columnNames().get(c), columns.texts(label).get(c));
            }
            all.add(combination);
        }
        return all;
    }

    /** The settings of one of several label columns. */
    static final class LabelColumnSettings extends Group<CategoricalColumn> {

        final Setting<String> name = required("name", Text.of("column name"), CategoricalColumn::name)
                .means("One of several columns of the private data on which samples are conditioned, instead of"
                        + " `labels.column`. A label is then a combination of their values, named by the values with"
                        + " commas between, such as `gold, true`; the value of the last column changes fastest.");
        final Setting<ColumnType> type = value(
                        "type",
                        Text.columnType("column type"),
                        ColumnType.of(ColumnType.Kind.STRING),
                        CategoricalColumn::type)
                .means("Type of the column.");
        final Setting<List<String>> values = required(
                        "values", Listed.distinct(Text.any("string"), "list of strings"), CategoricalColumn::categories)
                .means("Values of the column. They are public.");

        CategoricalColumn read(Section section) {
            if (section.get(name) == null || section.get(type) == null || section.get(values) == null) {
                return null;
            }
            try {
                return new CategoricalColumn(section.get(name), section.get(type), section.get(values), false, null);
            } catch (IllegalArgumentException e) {
                section.conflict(values, e.getMessage());
                return null;
            }
        }
    }

    private RunSpec.Fractions fractions(Section section, List<String> names) {
        if (!(section.get(fractions) instanceof Node.Mapping map)) {
            return UNIFORM;
        }
        return map.entries().get(shares.noisy.name()) instanceof Node.Mapping
                ? shares.noisy.read(section.open(shares).open(shares.noisy))
                : declared(section, map, names);
    }

    private RunSpec.Fractions declared(Section section, Node.Mapping map, List<String> names) {
        Map<String, Double> byName = new LinkedHashMap<>();
        map.entries().forEach((name, share) -> {
            Given given = section.given(fractions).entry(name, share);
            byName.put(name, Shares.SHARE.read(given));
            if (!names.contains(name)) {
                given.wrong("is not a label; did you mean " + NearestKey.of(name, names) + "? Labels: "
                        + String.join(", ", names));
            }
        });
        for (String name : names) {
            if (!byName.containsKey(name)) {
                section.given(fractions).missing(name, "give every label a share");
            }
        }
        if (!section.isSound(fractions)) {
            return null;
        }
        List<Double> ordered = names.stream().map(byName::get).toList();
        double sum = ordered.stream().mapToDouble(Double::doubleValue).sum();
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            section.conflict(fractions, "the shares sum to " + sum + ": they must sum to 1");
        }
        return new RunSpec.Fractions.Declared(ordered);
    }

    private Object canonical(RunSpec.Labels labels) {
        if (labels.fractions() instanceof RunSpec.Fractions.Declared declared) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int label = 0; label < labels.names().size(); label++) {
                map.put(
                        labels.names().get(label),
                        ShortestDecimal.of(declared.shares().get(label)));
            }
            return map;
        }
        return labels.fractions() instanceof RunSpec.Fractions.Noisy ? shares.written(labels) : Shares.UNIFORM;
    }
}

package org.privateevolution.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.RunSpec;

/** The section of the labels and their shares. */
final class LabelsSettings extends Group<RunSpec.Labels> {

    /** Name of the single label of a run without labels. */
    private static final String ONLY_LABEL = "all";

    private static final RunSpec.Fractions UNIFORM = new RunSpec.Fractions.Uniform();

    /** Largest accepted distance of the sum of declared shares from 1; covers rounding to nine places. */
    private static final double SUM_TOLERANCE = 1e-9;

    private final SharesSettings shares = within("fractions", new SharesSettings());

    final Setting<String> column = optional("column", Text.of("column name"), "", RunSpec.Labels::column)
            .means("Column of the private data on which samples are conditioned. Without it, all samples have the"
                    + " label `all`.");
    final Setting<ColumnType> type = value(
                    "type",
                    Text.columnType("column type"),
                    ColumnType.of(ColumnType.Kind.STRING),
                    given -> given.undiscovered() ? null : given.type())
            .means("Type of the label column.");
    final Setting<List<String>> values = optional(
                    "values",
                    Listed.distinct(Text.any("string"), "list of strings"),
                    null,
                    given -> given.undiscovered() ? null : given.names())
            .otherwise("required with `labels.column`, except with `tabular.discover`, which finds them")
            .means("The labels. They are public: declare them, do not read them from the private data.");
    final Setting<String> other = optional("other", Text.of("one of the labels"), "", RunSpec.Labels::other)
            .otherwise("none: an undeclared label is an error")
            .means("Label that replaces every undeclared label and null.");
    final Setting<Object> fractions = value("fractions", new Shares(shares), Shares.UNIFORM, this::canonical)
            .means("Share of the samples per label. Shares are public and sum to 1.");

    @Override
    public Stream<Setting<?>> settings() {
        return Stream.concat(super.settings(), shares.settings());
    }

    /** @param discovers whether the run is to discover the labels that are not declared */
    RunSpec.Labels read(Section section, boolean discovers) {
        if (!section.has(column)) {
            for (Setting<?> setting : List.of(type, values, other, fractions)) {
                section.refuse(setting, "it needs labels.column");
            }
            return new RunSpec.Labels("", ColumnType.of(ColumnType.Kind.STRING), List.of(ONLY_LABEL), UNIFORM);
        }
        if (discovers && !section.has(values)) {
            return undiscovered(section);
        }
        section.require(values, "declare the labels: they are public");
        List<String> names = names(section);
        if (names == null) {
            return null;
        }
        if (section.has(other) && !names.contains(section.get(other))) {
            section.conflict(other, section.get(other) + " is not one of labels.values: add it there");
        }
        return new RunSpec.Labels(
                section.get(column), section.get(type), names, fractions(section, names), section.get(other));
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
        return section.make(() ->
                new RunSpec.Labels(section.get(column), ColumnType.of(ColumnType.Kind.STRING), List.of(), found, ""));
    }

    /** Returns the label values in the form in which private labels are compared with them. */
    private List<String> names(Section section) {
        if (section.get(column) == null || section.get(type) == null || section.get(values) == null) {
            return null;
        }
        try {
            return new CategoricalColumn(section.get(column), section.get(type), section.get(values), false, null)
                    .categories();
        } catch (IllegalArgumentException e) {
            section.conflict(values, e.getMessage());
            return null;
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

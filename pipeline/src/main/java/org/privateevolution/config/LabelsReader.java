package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.RunSpec;

/** Reads the labels and their shares. */
final class LabelsReader {

    /** The label of a run without labels. */
    static final String ONLY_LABEL = "all";

    static final String UNIFORM = "uniform";
    static final String NOISY = "noisy";

    /** How far from 1 the sum of declared shares may be: what rounding to nine places leaves. */
    private static final double SUM_TOLERANCE = 1e-9;

    private final Section section;
    private final Problems problems;

    LabelsReader(Section section, Problems problems) {
        this.section = section;
        this.problems = problems;
    }

    RunSpec.Labels read() {
        if (!section.has(Key.LABELS_COLUMN)) {
            refuseWithoutColumn(Key.LABELS_TYPE);
            refuseWithoutColumn(Key.LABELS_VALUES);
            refuseWithoutColumn(Key.LABELS_FRACTIONS);
            return new RunSpec.Labels(
                    "", ColumnType.of(ColumnType.Kind.STRING), List.of(ONLY_LABEL), new RunSpec.Fractions.Uniform());
        }
        if (!section.has(Key.LABELS_VALUES)) {
            section.missing(Key.LABELS_VALUES, "declare the labels: they are public");
        }
        String column = section.text(Key.LABELS_COLUMN);
        ColumnType type = ColumnTypes.read(section, Key.LABELS_TYPE);
        List<String> names = column == null || type == null ? null : names(column, type);
        return names == null ? null : new RunSpec.Labels(column, type, names, fractions(names));
    }

    private void refuseWithoutColumn(Key key) {
        section.refuse(key, "it needs labels.column");
    }

    /** The values in the form in which the private labels are matched with them. */
    private List<String> names(String column, ColumnType type) {
        int before = problems.count();
        List<String> values = section.texts(Key.LABELS_VALUES);
        if (values == null || problems.count() > before) {
            return null;
        }
        try {
            return new CategoricalColumn(column, type, values, false, null).categories();
        } catch (IllegalArgumentException e) {
            section.conflict(Key.LABELS_VALUES, e.getMessage());
            return null;
        }
    }

    private RunSpec.Fractions fractions(List<String> names) {
        if (!section.isMapping(Key.LABELS_FRACTIONS)) {
            return section.choice(Key.LABELS_FRACTIONS, Map.of(UNIFORM, new RunSpec.Fractions.Uniform()));
        }
        if (section.hasGroup(Key.LABELS_FRACTIONS, NOISY)) {
            return noisy(section.section(Key.LABELS_FRACTIONS.leaf()).section(NOISY));
        }
        return declared(names);
    }

    private static RunSpec.Fractions noisy(Section noisy) {
        Key key = Key.LABELS_FRACTIONS_NOISY_NOISE_MULTIPLIER;
        if (!noisy.has(key)) {
            noisy.missing(key);
        }
        Double noiseMultiplier = RunSpecReader.noiseMultiplier(noisy, key);
        return noiseMultiplier == null ? null : new RunSpec.Fractions.Noisy(noiseMultiplier);
    }

    private RunSpec.Fractions declared(List<String> names) {
        int before = problems.count();
        Map<String, Double> shares =
                section.numbers(Key.LABELS_FRACTIONS, x -> x > 0 && x <= 1, "must be greater than 0 and at most 1");
        String path = section.path(Key.LABELS_FRACTIONS);
        for (String name : shares.keySet()) {
            if (!names.contains(name)) {
                problems.add(
                        path + "." + name,
                        "is not a label; did you mean " + NearestKey.of(name, names) + "? Labels: "
                                + String.join(", ", names));
            }
        }
        for (String name : names) {
            if (!shares.containsKey(name)) {
                problems.missing(path + "." + name, "give each label its share");
            }
        }
        if (problems.count() > before) {
            return null;
        }
        List<Double> ordered = new ArrayList<>();
        names.forEach(name -> ordered.add(shares.get(name)));
        double sum = ordered.stream().mapToDouble(Double::doubleValue).sum();
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            section.conflict(Key.LABELS_FRACTIONS, "the shares sum to " + sum + ": they must sum to 1");
            return null;
        }
        return new RunSpec.Fractions.Declared(List.copyOf(ordered));
    }
}

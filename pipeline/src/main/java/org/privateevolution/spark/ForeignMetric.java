package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.MetricValue;
import org.privateevolution.spi.RunListener;
import org.privateevolution.spi.SyntheticMetric;
import org.privateevolution.spi.SyntheticSamples;

/**
 * A metric of an extension, and what it has measured so far. If the metric fails, all of its figures are left out, with
 * a notice.
 */
final class ForeignMetric {

    private final ExtensionSpec metric;
    private final boolean inside;
    private final Supplier<SyntheticMetric> opening;
    private final RunListener listener;

    /** Figures by iteration, then by name. */
    private final Map<Integer, Map<String, Double>> measured = new TreeMap<>();

    /** Null until it first measures. */
    private SyntheticMetric open;

    private boolean failed;

    /**
     * @param inside whether the metric sees nothing private, so that its figures are inside the guarantee
     * @param opening creates the metric from its options
     */
    ForeignMetric(ExtensionSpec metric, boolean inside, Supplier<SyntheticMetric> opening, RunListener listener) {
        this.metric = metric;
        this.inside = inside;
        this.opening = opening;
        this.listener = listener;
    }

    /** Measures the samples of one more iteration. */
    void measure(int iteration, Supplier<SyntheticSamples> samples) {
        if (failed) {
            return;
        }
        try {
            open = open == null ? opening.get() : open;
            measured.put(iteration, sound(open.measure(samples.get())));
        } catch (Exception | LinkageError | AssertionError e) {
            failed = true;
            // If the metric has seen private records, its message may quote them.
            listener.notice("the metric " + metric.name() + " failed, and its figures are left out: "
                    + e.getClass().getName() + (inside && e.getMessage() != null ? ": " + e.getMessage() : ""));
        }
    }

    private Map<String, Double> sound(Map<String, Double> figures) {
        Map<String, Double> sound = new TreeMap<>();
        figures.forEach((name, value) -> {
            String whole = name.isEmpty() ? metric.name() : metric.name() + "." + name;
            if (!whole.matches("[A-Za-z0-9._-]+") || !Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "a figure is not finite, or its name contains characters other than letters,"
                                + " digits, '.', '_' and '-'");
            }
            sound.put(whole, value);
        });
        return sound;
    }

    /**
     * The figures that every iteration has and whose names are not taken yet, iteration by iteration.
     *
     * @param taken names of the run's other figures; the names of this metric's figures are added
     */
    List<MetricValue> figures(Set<String> taken) {
        if (failed) {
            return List.of();
        }
        Set<String> names = new TreeSet<>();
        measured.values().forEach(figures -> names.addAll(figures.keySet()));
        leaveOut(names, "some iterations do not have them", name -> !measured.values().stream()
                .allMatch(figures -> figures.containsKey(name)));
        leaveOut(names, "the run has others of these names", taken::contains);
        taken.addAll(names);
        List<MetricValue> figures = new ArrayList<>();
        measured.forEach((iteration, values) -> names.forEach(name ->
                figures.add(new MetricValue(iteration, MetricValue.ALL_LABELS, name, values.get(name), inside))));
        return figures;
    }

    private void leaveOut(Set<String> names, String why, Predicate<String> unsound) {
        Set<String> left = new TreeSet<>(names);
        left.removeIf(unsound.negate());
        if (names.removeAll(left)) {
            // Names may also quote private values.
            listener.notice("figures of the metric " + metric.name() + " are left out, for " + why + ": "
                    + (inside ? String.join(", ", left) : left.size() + " of them"));
        }
    }
}

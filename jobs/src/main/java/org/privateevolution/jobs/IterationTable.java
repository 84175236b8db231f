package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.privateevolution.model.MetricValue;

/** The measures of texts or images, one line per iteration; those outside the guarantee in a second table. */
final class IterationTable {

    private static final List<String> INSIDE =
            List.of("distinct_1", "distinct_2", "distinct_3", "near_duplicates", "effective_candidates");
    private static final List<String> OUTSIDE =
            List.of("fid", "precision", "recall", "mauve", "wasserstein_words", "held_out_accuracy");

    private IterationTable() {}

    static String of(List<MetricValue> metrics) {
        String outside = table(metrics, OUTSIDE);
        return "Synthetic samples by iteration; 0 is the initial population" + System.lineSeparator()
                + table(metrics, INSIDE)
                + (outside.isEmpty()
                        ? ""
                        : System.lineSeparator()
                                + "Compared with the private records. OUTSIDE THE GUARANTEE: computed from the"
                                + " private data."
                                + System.lineSeparator() + outside);
    }

    /** @param known names in the order of columns; names without a metric are left out */
    private static String table(List<MetricValue> metrics, List<String> known) {
        List<String> names = known.stream()
                .filter(name ->
                        metrics.stream().anyMatch(metric -> metric.metric().equals(name)))
                .toList();
        Map<Integer, Map<String, Double>> byIteration = new TreeMap<>();
        for (MetricValue metric : metrics) {
            if (names.contains(metric.metric())) {
                byIteration
                        .computeIfAbsent(metric.iteration(), iteration -> new TreeMap<>())
                        .merge(metric.metric(), metric.value(), Double::sum);
            }
        }
        if (byIteration.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable();
        List<String> header = new ArrayList<>(List.of("iteration"));
        header.addAll(names);
        table.row(header.toArray(String[]::new));
        byIteration.forEach((iteration, values) -> {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(iteration)));
            names.forEach(name ->
                    cells.add(values.containsKey(name) ? ConsoleNumbers.number(rounded(values.get(name))) : "-"));
            table.row(cells.toArray(String[]::new));
        });
        return table.toString();
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}

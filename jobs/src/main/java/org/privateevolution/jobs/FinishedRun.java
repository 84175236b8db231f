package org.privateevolution.jobs;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.evaluation.MetricsCsv;
import org.privateevolution.model.MetricValue;
import org.privateevolution.report.RunComparison;

/**
 * The published files of a finished run.
 *
 * @param settings settings by path, including defaults
 * @param figures figures of the published samples
 */
record FinishedRun(RunComparison.Run run, Map<String, String> settings, Map<Figure, Double> figures) {

    private static final String GUARANTEE = "guarantee.json";

    /** Identifies a figure. */
    record Figure(String metric, String subject, boolean insideGuarantee) {}

    /**
     * Reads the run in a folder.
     *
     * @param evaluation location of the run's evaluation, if that is shown, too
     * @throws ConfigurationException if there is no finished run, or one of its files is damaged
     */
    static FinishedRun read(RunFolder folder, Optional<String> evaluation) {
        Map<String, String> guarantee = flat(folder, GUARANTEE);
        for (String key : List.of("epsilon", "delta", "unit", "adjacency")) {
            if (!guarantee.containsKey(key)) {
                throw problem(folder, GUARANTEE, "it has no " + key + ": start the run again, which writes it anew");
            }
        }
        String client = guarantee.get("client_column");
        RunComparison.Run run = new RunComparison.Run(
                folder.name(),
                folder.location(),
                number(folder, GUARANTEE, guarantee.get("epsilon")),
                number(folder, GUARANTEE, guarantee.get("delta")),
                client == null ? guarantee.get("unit") : guarantee.get("unit") + " by " + client,
                guarantee.get("adjacency"));
        Map<Figure, Double> figures = new LinkedHashMap<>();
        metrics(folder, figures);
        evaluation.ifPresent(file -> evaluation(new RunFolder(parent(file)), new RunFolder(file).name(), figures));
        return new FinishedRun(run, flat(folder, "configuration.yaml"), figures);
    }

    private static String parent(String file) {
        int end = file.lastIndexOf('/');
        return end < 0 ? "." : file.substring(0, Math.max(1, end));
    }

    /** The figures of the last iteration, which belong to the published samples. */
    private static void metrics(RunFolder folder, Map<Figure, Double> figures) {
        for (String name : List.of("metrics.csv", "metrics-private.csv")) {
            Optional<String> csv = folder.read(name);
            if (csv.isEmpty()) {
                continue;
            }
            List<MetricValue> metrics;
            try {
                metrics = MetricsCsv.read(csv.get());
            } catch (IllegalArgumentException e) {
                throw problem(folder, name, e.getMessage());
            }
            int last = metrics.stream().mapToInt(MetricValue::iteration).max().orElse(0);
            for (MetricValue metric : metrics) {
                if (metric.iteration() == last) {
                    figures.put(figure(metric), metric.value());
                }
            }
        }
    }

    /** A colon separates a measure from its column. */
    private static Figure figure(MetricValue metric) {
        int colon = metric.metric().indexOf(':');
        return colon < 0 || !metric.label().isEmpty()
                ? new Figure(metric.metric(), metric.label(), metric.insideGuarantee())
                : new Figure(
                        metric.metric().substring(0, colon),
                        metric.metric().substring(colon + 1),
                        metric.insideGuarantee());
    }

    private static void evaluation(RunFolder folder, String name, Map<Figure, Double> figures) {
        Map<String, String> document = flat(folder, name);
        for (int i = 0; document.containsKey("figures[" + i + "].measure"); i++) {
            String figure = "figures[" + i + "].";
            String value = document.get(figure + "value");
            figures.put(
                    new Figure(
                            "evaluation: " + document.get(figure + "measure"),
                            document.getOrDefault(figure + "subject", ""),
                            "true".equals(document.get(figure + "inside_guarantee"))),
                    number(folder, name, value));
        }
    }

    private static Map<String, String> flat(RunFolder folder, String name) {
        Optional<String> text = folder.read(name);
        if (text.isEmpty()) {
            throw new ConfigurationException(List.of("no finished run at " + folder.location() + ": " + name
                    + " does not exist; give the output.path of a finished run"));
        }
        try {
            return name.endsWith(".yaml") ? FlatDocument.ofYaml(text.get()) : FlatDocument.ofJson(text.get());
        } catch (IOException e) {
            throw problem(folder, name, "it is damaged");
        }
    }

    /** Infinity is stored as a JSON string. */
    private static double number(RunFolder folder, String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException | NullPointerException e) {
            throw problem(folder, name, "a value in it is not a number");
        }
    }

    private static ConfigurationException problem(RunFolder folder, String name, String problem) {
        return new ConfigurationException(List.of(folder.location() + "/" + name + ": " + problem));
    }
}

package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.privateevolution.report.RunComparison;
import org.privateevolution.report.RunComparison.ComparedFigure;
import org.privateevolution.report.RunComparison.Difference;
import org.privateevolution.report.RunComparison.Run;

/**
 * A comparison of runs for a terminal of 80 columns, and as JSON.
 *
 * @param all whether the text has all figures and settings, rather than the ten that differ most
 */
record ComparisonTables(RunComparison comparison, boolean all) {

    private static final int MOST = 10;

    private static final int LINE = 80;
    private static final int NAME = 30;
    private static final int VALUE = 10;
    /** Number of columns of values beside a name. */
    private static final int ABREAST = (LINE - NAME) / (VALUE + 2);

    /** Runs are numbered, because their locations seldom fit above a column. */
    String text() {
        StringBuilder text = new StringBuilder();
        TextTable runs = new TextTable();
        for (int i = 0; i < comparison.runs().size(); i++) {
            runs.row(number(i), comparison.runs().get(i).location());
        }
        text.append("Runs\n").append(runs).append('\n');
        comparison.cautions().forEach(caution -> WrappedText.lines("NOT COMPARABLE: " + caution, LINE)
                .forEach(line -> text.append(line).append('\n')));
        if (!comparison.cautions().isEmpty()) {
            text.append('\n');
        }
        if (comparison.repeats()) {
            repeated(text);
        } else {
            sideBySide(text);
        }
        return text.toString();
    }

    private void sideBySide(StringBuilder text) {
        for (int first = 0; first < comparison.runs().size(); first += ABREAST) {
            int end = Math.min(comparison.runs().size(), first + ABREAST);
            List<Integer> shown = IntStream.range(first, end).boxed().toList();
            line(text, "Guarantee", shown, ComparisonTables::number);
            line(text, "epsilon", shown, of(run -> ConsoleNumbers.upperBound(run.epsilon())));
            line(text, "delta", shown, of(run -> ConsoleNumbers.upperBound(run.delta())));
            line(text, "unit", shown, of(Run::unit));
            line(text, "adjacency", shown, of(Run::adjacency));
            text.append('\n');
            line(text, "Figures of the published data", shown, ComparisonTables::number);
            shown().forEach(figure ->
                    line(text, name(figure), shown, i -> number(figure.values().get(i))));
            text.append('\n');
        }
        List<Difference> differences = comparison.differences();
        int settings = all ? differences.size() : Math.min(MOST, differences.size());
        text.append(differences.isEmpty() ? "The settings are the same.\n" : "Settings that differ\n");
        differences.subList(0, settings).forEach(difference -> difference(text, difference));
        if (settings < differences.size()) {
            text.append("  and ").append(differences.size() - settings).append(" more: see --verbose or --json\n");
        }
        notes(text);
    }

    private void repeated(StringBuilder text) {
        Run one = comparison.runs().get(0);
        text.append("The runs differ only in seed and noise. Guarantee of each: epsilon ")
                .append(ConsoleNumbers.upperBound(one.epsilon()))
                .append('\n')
                .append("at delta ")
                .append(ConsoleNumbers.upperBound(one.delta()))
                .append(", unit ")
                .append(one.unit())
                .append(", ")
                .append(one.adjacency())
                .append(".\n\n");
        row(text, "Figures of the published data", Stream.of("mean", "std. dev.", "least", "most"));
        for (ComparedFigure figure : shown()) {
            List<Double> known = figure.known();
            row(
                    text,
                    name(figure),
                    Stream.of(
                            compact(figure.mean()),
                            number(figure.deviation()),
                            compact(known.stream()
                                    .mapToDouble(value -> value)
                                    .min()
                                    .orElseThrow()),
                            compact(known.stream()
                                    .mapToDouble(value -> value)
                                    .max()
                                    .orElseThrow())));
        }
        notes(text);
    }

    private void notes(StringBuilder text) {
        text.append('\n');
        if (wholes().stream().anyMatch(figure -> !figure.insideGuarantee())) {
            text.append("* OUTSIDE THE GUARANTEE: computed from the private data.\n");
        }
        int hidden = wholes().size() - shown().size();
        if (hidden > 0) {
            text.append(hidden).append(" figures that differ less: see --verbose or --json.\n");
        }
        int parts = comparison.figures().size() - wholes().size();
        if (parts > 0) {
            text.append(parts).append(" figures of single labels and columns: see --json or --html.\n");
        }
    }

    /** Those of all the data. */
    private List<ComparedFigure> wholes() {
        return comparison.figures().stream()
                .filter(figure -> figure.subject().isEmpty())
                .toList();
    }

    /** Those of all the data, or the ones that differ most, in their order. */
    private List<ComparedFigure> shown() {
        List<ComparedFigure> wholes = wholes();
        if (all || wholes.size() <= MOST) {
            return wholes;
        }
        List<ComparedFigure> most = wholes.stream()
                .sorted(Comparator.comparingDouble(ComparisonTables::spread).reversed())
                .limit(MOST)
                .toList();
        return wholes.stream().filter(most::contains).toList();
    }

    /** Largest less smallest value, over the largest magnitude. */
    private static double spread(ComparedFigure figure) {
        DoubleSummaryStatistics values =
                figure.known().stream().mapToDouble(value -> value).summaryStatistics();
        double magnitude = Math.max(Math.abs(values.getMin()), Math.abs(values.getMax()));
        return magnitude > 0 ? (values.getMax() - values.getMin()) / magnitude : 0;
    }

    private static String name(ComparedFigure figure) {
        return figure.insideGuarantee() ? figure.metric() : figure.metric() + " *";
    }

    private void difference(StringBuilder text, Difference difference) {
        text.append("  ").append(difference.setting()).append('\n');
        // Runs that agree share a line.
        Map<String, List<String>> byValue = new LinkedHashMap<>();
        for (int i = 0; i < difference.values().size(); i++) {
            String value = difference.values().get(i).orElse("(not set)");
            byValue.computeIfAbsent(value, key -> new ArrayList<>()).add(number(i));
        }
        byValue.forEach((value, runs) -> {
            String lead = "    " + String.join(", ", runs) + ": ";
            List<String> lines = WrappedText.lines(Failure.oneLine(value), LINE - lead.length());
            for (int i = 0; i < lines.size(); i++) {
                text.append(i == 0 ? lead : " ".repeat(lead.length()))
                        .append(lines.get(i))
                        .append('\n');
            }
        });
    }

    private Function<Integer, String> of(Function<Run, String> value) {
        return i -> value.apply(comparison.runs().get(i));
    }

    private static void line(StringBuilder text, String name, List<Integer> shown, Function<Integer, String> value) {
        row(text, name, shown.stream().map(value));
    }

    private static void row(StringBuilder text, String name, Stream<String> values) {
        text.append(fitted(name, NAME));
        values.forEach(value -> {
            String fitted = fitted(value, VALUE).strip();
            text.append("  ").append(" ".repeat(VALUE - fitted.length())).append(fitted);
        });
        text.append('\n');
    }

    private static String fitted(String text, int width) {
        return text.length() <= width ? text + " ".repeat(width - text.length()) : text.substring(0, width - 1) + "…";
    }

    private static String number(int run) {
        return "[" + (run + 1) + "]";
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? compact(value.getAsDouble()) : "-";
    }

    private static String compact(double value) {
        String text = ConsoleNumbers.number(value);
        return text.length() <= VALUE ? text : String.format(Locale.ROOT, "%.3g", value);
    }

    /** The comparison as names and values. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(
                "runs", comparison.runs().stream().map(ComparisonTables::values).toList());
        values.put("repeats", comparison.repeats());
        values.put("not_comparable", comparison.cautions());
        Map<String, Object> settings = new LinkedHashMap<>();
        comparison
                .differences()
                .forEach(difference -> settings.put(
                        difference.setting(),
                        difference.values().stream()
                                .map(value -> value.orElse(null))
                                .toList()));
        values.put("settings", settings);
        values.put(
                "figures",
                comparison.figures().stream().map(ComparisonTables::values).toList());
        return values;
    }

    private static Map<String, Object> values(Run run) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("location", run.location());
        values.put("epsilon", run.epsilon());
        values.put("delta", run.delta());
        values.put("unit", run.unit());
        values.put("adjacency", run.adjacency());
        return values;
    }

    private static Map<String, Object> values(ComparedFigure figure) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("metric", figure.metric());
        values.put("subject", figure.subject());
        values.put("inside_guarantee", figure.insideGuarantee());
        values.put(
                "values", figure.values().stream().map(ComparisonTables::orNull).toList());
        values.put("mean", figure.mean());
        values.put("standard_deviation", orNull(figure.deviation()));
        return values;
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}

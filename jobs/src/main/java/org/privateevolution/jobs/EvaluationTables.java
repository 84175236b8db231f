package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Question;
import org.privateevolution.model.Evaluation.Use;
import org.privateevolution.model.Evaluation.Verdict;

/** An evaluation as text for a terminal of 80 columns. */
final class EvaluationTables {

    private static final int COLUMNS = 79;
    private static final int NAME = 24;

    /** Number of columns that the advice names. */
    private static final int WORST = 5;

    private EvaluationTables() {}

    static String of(Evaluation evaluation, Map<Integer, Evaluation> populations) {
        StringBuilder text = new StringBuilder();
        Evaluation.Rows rows = evaluation.rows();
        text.append(String.format(
                Locale.ROOT,
                "Compared %,d synthetic records with %,d real and %,d held-out ones.%n",
                rows.synthetic(),
                rows.real(),
                rows.holdout()));
        wrapped("attainable: what a second real sample reaches. +/-: standard error.", text);
        for (Question question : Question.values()) {
            question(evaluation, question, text);
        }
        use(evaluation, text);
        populations(populations, text);
        advice(evaluation, text);
        for (String note : evaluation.notes()) {
            wrapped("note: " + note, text);
        }
        return text.toString();
    }

    private static String title(Question question) {
        return switch (question) {
            case FIDELITY -> "Are they distributed like real ones?";
            case CHILDREN -> "Are the rows of clients like those of real ones?";
            case USE -> "Do models learn from them what holds for real ones?";
            case DETECTION -> "Can a model tell them from real ones?";
            case MEMORY -> "Do they repeat real ones?";
        };
    }

    private static void question(Evaluation evaluation, Question question, StringBuilder text) {
        List<Figure> figures = evaluation.figures().stream()
                .filter(figure -> figure.measure().question() == question)
                .filter(figure -> isShown(figure))
                .toList();
        if (figures.isEmpty()) {
            return;
        }
        text.append(System.lineSeparator()).append(title(question)).append(System.lineSeparator());
        TextTable table = new TextTable().row("", "synthetic", "attainable", "+/-", "verdict");
        for (Figure figure : figures) {
            String name = figure.measure().key()
                    + (figure.subject().isEmpty() ? "" : " " + shortened(figure.subject(), NAME));
            table.row(
                    name,
                    number(figure.value()),
                    number(figure.attainable()),
                    number(figure.error()),
                    verdict(figure.verdict()));
        }
        text.append(table);
    }

    /** Of distributions and memory, only the figures of the whole table have room. */
    private static boolean isShown(Figure figure) {
        Question question = figure.measure().question();
        return figure.subject().isEmpty() || question == Question.USE || question == Question.CHILDREN;
    }

    private static void use(Evaluation evaluation, StringBuilder text) {
        if (evaluation.use().isEmpty()) {
            return;
        }
        text.append(System.lineSeparator())
                .append("Models, tested on held-out real rows")
                .append(System.lineSeparator());
        TextTable table = new TextTable().row("target", "model", "score", "synthetic", "real", "baseline");
        for (Use use : evaluation.use()) {
            table.row(
                    shortened(use.target(), NAME),
                    use.learner(),
                    use.score(),
                    number(use.synthetic()),
                    number(use.real()),
                    number(use.baseline()));
        }
        text.append(table);
    }

    private static void populations(Map<Integer, Evaluation> populations, StringBuilder text) {
        if (populations.isEmpty()) {
            return;
        }
        text.append(System.lineSeparator()).append("Populations of the run").append(System.lineSeparator());
        List<String> keys = new ArrayList<>();
        populations.values().forEach(evaluation -> evaluation.figures().stream()
                .filter(figure -> figure.subject().isEmpty())
                .map(figure -> figure.measure().key())
                .filter(key -> !keys.contains(key))
                .forEach(keys::add));
        TextTable table = new TextTable();
        List<String> header = new ArrayList<>(List.of("iteration", "rows"));
        List<String> shown = keys.subList(0, Math.min(5, keys.size()));
        header.addAll(shown);
        table.row(header.toArray(String[]::new));
        populations.forEach((iteration, evaluation) -> {
            Map<String, String> values = new LinkedHashMap<>();
            evaluation.figures().stream()
                    .filter(figure -> figure.subject().isEmpty())
                    .forEach(figure -> values.put(figure.measure().key(), number(figure.value())));
            List<String> row = new ArrayList<>(List.of(
                    Integer.toString(iteration),
                    String.format(Locale.ROOT, "%,d", evaluation.rows().synthetic())));
            shown.forEach(key -> row.add(values.getOrDefault(key, "")));
            table.row(row.toArray(String[]::new));
        });
        text.append(table);
    }

    /** Advice for bad figures, each once, and the columns that differ most. */
    private static void advice(Evaluation evaluation, StringBuilder text) {
        Map<String, TreeSet<String>> advice = new LinkedHashMap<>();
        for (Figure figure : evaluation.figures()) {
            if (!figure.advice().isEmpty() && isShown(figure)) {
                advice.computeIfAbsent(figure.advice(), key -> new TreeSet<>())
                        .add(figure.measure().key());
            }
        }
        List<String> worst = evaluation.figures().stream()
                .filter(figure -> figure.measure().key().equals("tvd_1way"))
                .filter(figure ->
                        !figure.subject().isEmpty() && !figure.advice().isEmpty())
                .sorted((a, b) -> Double.compare(b.value(), a.value()))
                .limit(WORST)
                .map(figure -> shortened(figure.subject(), NAME) + " (" + number(figure.value()) + ")")
                .toList();
        if (advice.isEmpty() && worst.isEmpty()) {
            return;
        }
        text.append(System.lineSeparator()).append("What to do").append(System.lineSeparator());
        advice.forEach((what, keys) -> wrapped(String.join(", ", keys) + ": " + what + ".", text));
        if (!worst.isEmpty()) {
            wrapped("Columns that differ most: " + String.join(", ", worst) + ".", text);
        }
    }

    private static void wrapped(String sentence, StringBuilder text) {
        String indent = "";
        for (String line : WrappedText.lines(sentence, COLUMNS - 2)) {
            text.append(indent).append(line).append(System.lineSeparator());
            indent = "  ";
        }
    }

    private static String verdict(Verdict verdict) {
        return verdict == Verdict.UNJUDGED ? "-" : verdict.name();
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    private static String number(double value) {
        double magnitude = Math.abs(value);
        if (!Double.isFinite(value)) {
            return "";
        }
        return magnitude >= 1e5 || (magnitude > 0 && magnitude < 5e-5)
                ? String.format(Locale.ROOT, "%.2e", value)
                : String.format(Locale.ROOT, magnitude >= 100 ? "%.1f" : "%.4f", value);
    }

    private static String shortened(String name, int most) {
        String line = name.replaceAll("\\s+", " ");
        return line.length() <= most ? line : line.substring(0, most - 3) + "...";
    }
}

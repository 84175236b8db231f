package org.privateevolution.jobs;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.privateevolution.evaluation.MetricsCsv;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Use;

/** The figures of an evaluation as comma-separated values (RFC 4180, lines end with a line feed), the header first. */
final class EvaluationCsv {

    static final String HEADER = "iteration,measure,subject,value,attainable,standard_error,verdict,inside_guarantee";

    private EvaluationCsv() {}

    /**
     * One line per figure, then one per score of a model, {@code use:LEARNER:SCORE}, with the score of real rows as
     * attainable, then the populations.
     */
    static String of(Evaluation evaluation, Map<Integer, Evaluation> populations) {
        StringBuilder csv = new StringBuilder(HEADER).append('\n');
        figures("", evaluation, csv);
        for (Use use : evaluation.use()) {
            String measure = "use:" + use.learner() + ":" + use.score();
            line(csv, "", measure, use.target(), number(use.synthetic()), number(use.real()), "", "", "false");
        }
        populations.forEach((iteration, found) -> figures(Integer.toString(iteration), found, csv));
        return csv.toString();
    }

    private static void figures(String iteration, Evaluation evaluation, StringBuilder csv) {
        for (Figure figure : evaluation.figures()) {
            line(
                    csv,
                    iteration,
                    figure.measure().key(),
                    figure.subject(),
                    number(figure.value()),
                    number(figure.attainable()),
                    number(figure.error()),
                    figure.verdict().name().toLowerCase(Locale.ROOT),
                    Boolean.toString(figure.insideGuarantee()));
        }
    }

    private static void line(StringBuilder csv, String... fields) {
        for (int i = 0; i < fields.length; i++) {
            csv.append(i == 0 ? "" : ",").append(MetricsCsv.field(fields[i]));
        }
        csv.append('\n');
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }
}

package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Correlations;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Use;
import org.privateevolution.model.MarginalComparison;

/** An evaluation as the JSON document that {@code conf/evaluation-schema.json} describes. */
final class EvaluationDocument {

    static final int SCHEMA_VERSION = 1;

    private EvaluationDocument() {}

    /**
     * The document.
     *
     * @param title what was evaluated
     * @param populations evaluations of populations of the run, by iteration
     */
    static String of(String title, Evaluation evaluation, Map<Integer, Evaluation> populations) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema_version", SCHEMA_VERSION);
        document.put("title", title);
        document.put("outside_guarantee", true);
        document.put("rows", rows(evaluation.rows()));
        document.put("figures", figures(evaluation));
        evaluation.correlations().ifPresent(found -> document.put("associations", associations(found)));
        document.put(
                "use", evaluation.use().stream().map(EvaluationDocument::use).toList());
        Optional<MarginalComparison> marginals = evaluation.marginals();
        marginals.ifPresent(found -> document.put("marginals", marginals(found)));
        List<Map<String, Object>> iterations = new ArrayList<>();
        populations.forEach((iteration, found) -> {
            Map<String, Object> population = new LinkedHashMap<>();
            population.put("iteration", iteration);
            population.put("rows", rows(found.rows()));
            population.put("figures", figures(found));
            iterations.add(population);
        });
        document.put("populations", iterations);
        document.put("notes", evaluation.notes());
        return Json.object(document) + "\n";
    }

    private static Map<String, Object> rows(Evaluation.Rows rows) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("real", rows.real());
        counts.put("holdout", rows.holdout());
        counts.put("synthetic", rows.synthetic());
        return counts;
    }

    private static List<Map<String, Object>> figures(Evaluation evaluation) {
        return evaluation.figures().stream().map(EvaluationDocument::figure).toList();
    }

    private static Map<String, Object> figure(Figure figure) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("measure", figure.measure().key());
        values.put("question", lowerCase(figure.measure().question()));
        values.put("title", figure.measure().title());
        values.put("meaning", figure.measure().meaning());
        values.put("higher_is_better", figure.measure().higherIsBetter());
        values.put("subject", figure.subject());
        values.put("value", figure.value());
        values.put("attainable", orNull(figure.attainable()));
        values.put("standard_error", orNull(figure.error()));
        values.put("verdict", lowerCase(figure.verdict()));
        values.put("advice", figure.advice());
        values.put("inside_guarantee", figure.insideGuarantee());
        return values;
    }

    private static Map<String, Object> associations(Correlations correlations) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("columns", correlations.columns());
        values.put("real", correlations.real());
        values.put("synthetic", correlations.synthetic());
        return values;
    }

    private static Map<String, Object> use(Use use) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("target", use.target());
        values.put("learner", use.learner());
        values.put("score", use.score());
        values.put("synthetic", use.synthetic());
        values.put("real", use.real());
        values.put("baseline", orNull(use.baseline()));
        return values;
    }

    private static List<Map<String, Object>> marginals(MarginalComparison marginals) {
        List<Map<String, Object>> columns = new ArrayList<>();
        for (MarginalComparison.ColumnMarginal column : marginals.columns()) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("column", column.column());
            values.put("total_variation", column.totalVariation());
            List<Map<String, Object>> cells = new ArrayList<>();
            for (MarginalComparison.Cell cell : column.cells()) {
                Map<String, Object> shares = new LinkedHashMap<>();
                shares.put("text", cell.text());
                shares.put("real", cell.real());
                shares.put("synthetic", cell.synthetic());
                cells.add(shares);
            }
            values.put("cells", cells);
            columns.add(values);
        }
        return columns;
    }

    private static Object orNull(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : null;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package org.privateevolution.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Question;

/** The page of {@code pe evaluate}: one self-contained HTML file, OUTSIDE the guarantee. */
public final class EvaluationReport {

    private EvaluationReport() {}

    /** The document, to be written as UTF-8. */
    public static String of(String title, Evaluation evaluation) {
        List<Section> sections = new ArrayList<>(List.of(new ComparedSection(evaluation)));
        Arrays.stream(Question.values())
                .map(question -> new EvaluatedSection(evaluation, question))
                .filter(EvaluatedSection::isAnswered)
                .forEach(sections::add);
        return new Page(
                        "Private Evolution · evaluation",
                        title,
                        Page.Notice.confidential(
                                "It contains figures on real records. Show it only to people who may see them."),
                        List.of(
                                ReportNumbers.count(evaluation.rows().synthetic()) + " synthetic records beside "
                                        + ReportNumbers.count(evaluation.rows().real()) + " real ones and "
                                        + ReportNumbers.count(evaluation.rows().holdout()) + " that were held out.",
                                Verdicts.sentence(evaluation.figures())),
                        sections)
                .document();
    }
}

package org.privateevolution.report;

import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Figure;

/** The page of {@code pe evaluate}: one HTML file that needs no other, OUTSIDE the guarantee. */
public final class EvaluationReport {

    private EvaluationReport() {}

    /** The document, to be written as UTF-8. */
    public static String of(String title, Evaluation evaluation) {
        Markup markup = new Markup();
        markup.open("html", "lang", "en").open("head");
        markup.empty("meta", "charset", "utf-8");
        markup.element("title", title).close();
        markup.open("body").open("main").element("h1", title).open("table").open("tbody");
        for (Figure figure : evaluation.figures()) {
            markup.open("tr").element("td", figure.measure().title()).element("td", figure.subject());
            markup.element("td", ReportNumbers.figure(figure.value())).close();
        }
        markup.close().close().close().close().close();
        return markup.document();
    }
}

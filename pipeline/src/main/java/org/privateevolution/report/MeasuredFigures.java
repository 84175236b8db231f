package org.privateevolution.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Measure;

/**
 * Shows the figures of an evaluation: those of all the data as cards, those of columns, labels and targets as tables.
 */
record MeasuredFigures(List<Figure> figures) {

    void write(Sheet sheet) {
        List<Figure> whole =
                figures.stream().filter(figure -> figure.subject().isEmpty()).toList();
        sheet.markup().open("div", "class", "cards");
        whole.forEach(figure -> card(sheet, figure));
        sheet.markup().close();
        Map<Measure, List<Figure>> parts = figures.stream()
                .filter(figure -> !figure.subject().isEmpty())
                .collect(Collectors.groupingBy(Figure::measure, LinkedHashMap::new, Collectors.toList()));
        parts.forEach((measure, of) -> {
            table(measure, of).write(sheet);
            sheet.explain(term(measure));
        });
    }

    private static Term term(Measure measure) {
        return new Term(
                measure.title(),
                measure.meaning() + (measure.higherIsBetter() ? " Higher is better." : " Lower is better."));
    }

    private static void card(Sheet sheet, Figure figure) {
        Markup markup = sheet.markup();
        markup.open("div", "class", "card").element("h3", figure.measure().title());
        markup.open("p", "class", "measured").element("b", value(figure)).text(" ");
        Verdicts.write(markup, figure.verdict());
        markup.close();
        if (figure.attainable().isPresent()) {
            new AttainableBar(figure).draw(markup);
            sheet.muted("A second real sample: "
                    + ReportNumbers.figure(figure.attainable().getAsDouble()));
        }
        if (!figure.advice().isEmpty()) {
            sheet.paragraph(figure.advice());
        }
        sheet.explain(term(figure.measure()));
        markup.close();
    }

    private static DataTable table(Measure measure, List<Figure> figures) {
        List<String> columns = new ArrayList<>(List.of("Of", "Value", "Second real sample", "Verdict"));
        boolean advised = figures.stream().anyMatch(figure -> !figure.advice().isEmpty());
        if (advised) {
            columns.add("What to do");
        }
        return new DataTable(
                measure.title(),
                columns,
                figures.stream().map(figure -> row(figure, advised)).toList(),
                1);
    }

    private static List<Consumer<Markup>> row(Figure figure, boolean advised) {
        List<Consumer<Markup>> row = new ArrayList<>();
        row.add(DataTable.value(figure.subject()));
        row.add(DataTable.value(value(figure)));
        row.add(DataTable.value(
                figure.attainable().isPresent()
                        ? ReportNumbers.figure(figure.attainable().getAsDouble())
                        : "–"));
        row.add(markup -> Verdicts.write(markup, figure.verdict()));
        if (advised) {
            row.add(DataTable.value(figure.advice()));
        }
        return row;
    }

    private static String value(Figure figure) {
        return ReportNumbers.figure(figure.value())
                + (figure.error().isPresent()
                        ? " ± " + ReportNumbers.figure(figure.error().getAsDouble())
                        : "");
    }
}

package org.privateevolution.report;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.report.Sheet.BigFigure;

/**
 * Marginals of columns, one chart each.
 *
 * @param compared what the synthetic shares are compared with: real or released
 */
record MarginalCards(List<ColumnMarginal> columns, String compared) {

    /** Writes the comparison of real and synthetic data, with the averages and the labels. */
    static void write(Sheet sheet, MarginalComparison comparison) {
        List<BigFigure> averages = new ArrayList<>();
        averages.add(new BigFigure(Terms.ONE_WAY, ReportNumbers.distance(comparison.oneWay())));
        comparison
                .twoWay()
                .ifPresent(value -> averages.add(new BigFigure(Terms.TWO_WAY, ReportNumbers.distance(value))));
        sheet.figures(averages);
        sheet.muted("1-way figures are for single columns, 2-way figures for " + ReportNumbers.count(comparison.pairs())
                + " pairs of them"
                + (comparison.pairsLeftOut() == 0
                        ? "."
                        : "; " + ReportNumbers.count(comparison.pairsLeftOut())
                                + " pairs have too many cells to count."));
        if (comparison.labels().size() > 1) {
            labels(comparison).write(sheet);
        }
        new MarginalCards(comparison.columns(), "real").write(sheet);
    }

    /** Writes the charts, with an explanation of their colours and distances. */
    void write(Sheet sheet) {
        Markup markup = sheet.markup();
        markup.open("p", "class", "legend");
        markup.element("span", compared, "class", "real").text(" ");
        markup.element("span", "synthetic", "class", "synthetic").close();
        sheet.explain(Terms.TOTAL_VARIATION, Terms.WASSERSTEIN);
        markup.open("div", "class", "cards");
        columns.forEach(column -> card(markup, column));
        markup.close();
    }

    private void card(Markup markup, ColumnMarginal column) {
        markup.open("figure", "class", "card").open("figcaption").element("b", column.column());
        StringBuilder distances = new StringBuilder("TVD " + ReportNumbers.distance(column.totalVariation()));
        column.numbers()
                .ifPresent(numbers ->
                        distances.append(" · Wasserstein ").append(ReportNumbers.distance(numbers.wasserstein())));
        markup.text(" ").element("span", distances.toString()).close();
        new MarginalChart(column, compared).draw(markup);
        markup.close();
    }

    private static DataTable labels(MarginalComparison comparison) {
        return DataTable.ofTexts(
                "Labels: TVD " + ReportNumbers.distance(comparison.labelTotalVariation()),
                List.of("Label", "Real", "Synthetic", "Average TVD per column"),
                comparison.labels().stream()
                        .map(label -> List.of(
                                label.label(),
                                ReportNumbers.percent(label.real()),
                                ReportNumbers.percent(label.synthetic()),
                                ReportNumbers.distance(label.oneWay())))
                        .toList());
    }
}

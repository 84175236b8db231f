package org.privateevolution.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.privateevolution.report.RunReport.Curve;

/**
 * Figures over the iterations: one line each, and a table of all values.
 *
 * @param title of the table
 */
record Curves(String title, List<Curve> curves) {

    void write(Sheet sheet) {
        sheet.markup().open("div", "class", "lines");
        for (Curve curve : curves) {
            new LineChart(curve.metric(), curve.values(), 0, ReportNumbers::figure).draw(sheet.markup());
        }
        sheet.markup().close();
        sheet.explain(
                curves.stream().map(curve -> Terms.ofMetric(curve.metric())).toList());
        int iterations = curves.get(0).values().size();
        DataTable.ofTexts(
                        title,
                        Stream.concat(Stream.of("Iteration"), curves.stream().map(Curve::metric))
                                .toList(),
                        IntStream.range(0, iterations).mapToObj(this::row).toList())
                .write(sheet);
    }

    private List<String> row(int iteration) {
        List<String> row = new ArrayList<>(List.of(ReportNumbers.count((long) iteration)));
        curves.forEach(curve -> row.add(ReportNumbers.figure(curve.values().get(iteration))));
        return row;
    }
}

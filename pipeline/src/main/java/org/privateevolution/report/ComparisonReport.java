package org.privateevolution.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.privateevolution.report.RunComparison.Run;

/** The page of {@code pe compare}: one self-contained HTML file. */
public final class ComparisonReport {

    private ComparisonReport() {}

    /** The document, to be written as UTF-8. It may be published if the comparison shows nothing private. */
    public static String of(String title, RunComparison comparison) {
        List<String> summary = new ArrayList<>();
        summary.add(ReportNumbers.count((long) comparison.runs().size()) + " runs"
                + (comparison.repeats()
                        ? " that differ only in seed and noise."
                        : ", settings that differ: "
                                + ReportNumbers.count(
                                        (long) comparison.differences().size()) + "."));
        summary.addAll(comparison.cautions());
        boolean bounded = comparison.runs().stream().allMatch(run -> Double.isFinite(run.epsilon()));
        return new Page(
                        "Private Evolution · comparison of runs",
                        title,
                        bounded && !comparison.showsPrivate()
                                ? Page.Notice.publishable()
                                : Page.Notice.confidential(
                                        bounded
                                                ? "Some figures were computed from the private data, outside the"
                                                        + " guarantee."
                                                : "Some runs guarantee nothing."),
                        summary,
                        List.of(new RunsSection(comparison), new ComparedFigures(comparison)))
                .document();
    }

    /** Distinct names of the runs; runs with the same name are told apart by their locations. */
    static List<String> names(RunComparison comparison) {
        List<String> names = comparison.runs().stream().map(Run::name).toList();
        return names.stream().distinct().count() == names.size()
                ? names
                : comparison.runs().stream().map(Run::location).toList();
    }

    /** The section on what the runs promised, and how they differ. */
    private record RunsSection(RunComparison comparison) implements Section {

        @Override
        public String id() {
            return "runs";
        }

        @Override
        public String shortName() {
            return "Runs";
        }

        @Override
        public String question() {
            return "How the runs differ";
        }

        @Override
        public void write(Sheet sheet) {
            List<String> names = names(comparison);
            List<List<String>> promises = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                Run run = comparison.runs().get(i);
                promises.add(List.of(
                        names.get(i),
                        ReportNumbers.upward(run.epsilon()),
                        ReportNumbers.upward(run.delta()),
                        run.unit(),
                        run.adjacency()));
            }
            DataTable.ofTexts(
                            "What each run guarantees",
                            List.of(
                                    "Run",
                                    Terms.EPSILON.name(),
                                    Terms.DELTA.name(),
                                    Terms.UNIT.name(),
                                    Terms.ADJACENCY.name()),
                            promises)
                    .write(sheet.markup());
            sheet.explain(Terms.EPSILON, Terms.DELTA, Terms.UNIT, Terms.ADJACENCY);
            if (comparison.differences().isEmpty()) {
                sheet.paragraph("The runs have the same settings.");
                return;
            }
            new DataTable(
                            "Settings that differ",
                            Stream.concat(Stream.of("Setting"), names.stream()).toList(),
                            comparison.differences().stream()
                                    .map(difference -> Stream.concat(
                                                    Stream.of(difference.setting()),
                                                    difference.values().stream().map(value -> value.orElse("–")))
                                            .map(DataTable::value)
                                            .toList())
                                    .toList(),
                            1)
                    .write(sheet);
        }
    }

    /** Figures as small multiples. */
    private record ComparedFigures(RunComparison comparison) implements Section {

        @Override
        public String id() {
            return "figures";
        }

        @Override
        public String shortName() {
            return "Figures";
        }

        @Override
        public String question() {
            return "How good their data is";
        }

        @Override
        public void write(Sheet sheet) {
            if (comparison.figures().isEmpty()) {
                sheet.muted("The runs have no figures.");
                return;
            }
            part(sheet, true);
            if (comparison.showsPrivate()) {
                sheet.markup().open("div", "class", "outside");
                sheet.heading("Compared with the private data");
                sheet.outside("These figures were computed from the private data, and no budget accounts for them.");
                part(sheet, false);
                sheet.markup().close();
            }
        }

        /** Shows figures of all the data as charts, and those of labels and columns as a table. */
        private void part(Sheet sheet, boolean inside) {
            List<RunComparison.ComparedFigure> shown = comparison.figures().stream()
                    .filter(figure -> figure.insideGuarantee() == inside)
                    .toList();
            List<RunComparison.ComparedFigure> wholes =
                    shown.stream().filter(figure -> figure.subject().isEmpty()).toList();
            List<RunComparison.ComparedFigure> parts =
                    shown.stream().filter(figure -> !figure.subject().isEmpty()).toList();
            sheet.markup().open("div", "class", "cards");
            wholes.forEach(figure -> card(sheet.markup(), figure));
            sheet.markup().close();
            if (!parts.isEmpty()) {
                table(inside ? "Labels and columns" : "Labels and columns, outside the guarantee", parts)
                        .write(sheet);
            }
            if (!shown.isEmpty()) {
                sheet.explain(shown.stream()
                        .map(figure -> Terms.ofMetric(figure.metric()))
                        .distinct()
                        .toList());
            }
        }

        private DataTable table(String caption, List<RunComparison.ComparedFigure> parts) {
            List<String> columns = new ArrayList<>(List.of("Figure", "Of"));
            columns.addAll(names(comparison));
            if (comparison.repeats()) {
                columns.addAll(List.of("Mean", "Standard deviation"));
            }
            List<List<String>> rows = new ArrayList<>();
            for (RunComparison.ComparedFigure part : parts) {
                List<String> row = new ArrayList<>(List.of(part.metric(), part.subject()));
                part.values().forEach(value -> row.add(RunBars.written(value)));
                if (comparison.repeats()) {
                    row.add(ReportNumbers.figure(part.mean()));
                    row.add(RunBars.written(part.deviation()));
                }
                rows.add(row);
            }
            return DataTable.ofTexts(caption, columns, rows, 2);
        }

        private void card(Markup markup, RunComparison.ComparedFigure figure) {
            markup.open("figure", "class", "card").open("figcaption");
            markup.element("b", figure.metric());
            if (comparison.repeats()) {
                markup.text(" ")
                        .element(
                                "span",
                                "mean " + ReportNumbers.figure(figure.mean()) + ", standard deviation "
                                        + RunBars.written(figure.deviation()));
            }
            markup.close();
            new RunBars(figure, names(comparison)).draw(markup);
            markup.close();
        }
    }
}

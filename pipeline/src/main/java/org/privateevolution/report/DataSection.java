package org.privateevolution.report;

import java.util.List;
import org.privateevolution.report.RunReport.Lineage;
import org.privateevolution.report.RunReport.Picture;
import org.privateevolution.report.RunReport.Step;
import org.privateevolution.report.RunReport.Table;

/** The section with some of the synthetic samples, and their ancestry. */
record DataSection(Table table, List<Picture> pictures, List<Lineage> lineages) implements Section {

    @Override
    public String id() {
        return "data";
    }

    @Override
    public String shortName() {
        return "Data";
    }

    @Override
    public String question() {
        return "What the data looks like";
    }

    @Override
    public void write(Sheet sheet) {
        if (!pictures.isEmpty()) {
            sheet.paragraph("The images were generated, not taken from the private data.");
            pictures.forEach(picture -> write(sheet.markup(), picture));
        } else if (table.rows().isEmpty()) {
            sheet.paragraph("There are no " + table.noun() + ".");
        } else {
            samples(sheet);
        }
        if (!lineages.isEmpty()) {
            sheet.heading("How some of them were made");
            sheet.paragraph(
                    "Each published text with its ancestors: a vote selected a text, and a variation of it became the"
                            + " next. All of them are synthetic.");
            sheet.markup().open("div", "class", "lineages");
            lineages.forEach(lineage -> write(sheet.markup(), lineage));
            sheet.markup().close();
        }
    }

    private void samples(Sheet sheet) {
        String caption = table.rows().size() + " of " + ReportNumbers.count(table.totalRows()) + " " + table.noun();
        sheet.paragraph("A sample of the published data. They were generated, not taken from the private data.");
        new DataTable(
                        caption,
                        table.columns(),
                        table.rows().stream()
                                .map(row -> row.stream().map(DataTable::value).toList())
                                .toList(),
                        0)
                .write(sheet.markup());
    }

    private static void write(Markup markup, Picture picture) {
        markup.open("figure", "class", "picture").open("figcaption");
        markup.element("b", picture.title()).text(" " + picture.caption()).close();
        markup.picture(picture.title() + ". " + picture.caption(), picture.png())
                .close();
    }

    private static void write(Markup markup, Lineage lineage) {
        markup.open("figure", "class", "card")
                .element("figcaption", lineage.label().isEmpty() ? "A published text" : lineage.label());
        markup.open("ol", "class", "lineage");
        int last = lineage.steps().size() - 1;
        for (int i = 0; i <= last; i++) {
            Step step = lineage.steps().get(i);
            markup.open("li").element("span", i == last ? "Published" : name(step), "class", "muted");
            markup.element("blockquote", step.text()).close();
        }
        markup.close().close();
    }

    private static String name(Step step) {
        return step.iteration() == 0 ? "Initial population" : "After vote " + step.iteration();
    }
}

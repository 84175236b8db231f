package org.privateevolution.report;

import org.privateevolution.model.Evaluation;

/** The section on what an evaluation compared, and how to read it. */
record ComparedSection(Evaluation evaluation) implements Section {

    @Override
    public String id() {
        return "compared";
    }

    @Override
    public String shortName() {
        return "Compared";
    }

    @Override
    public String question() {
        return "What was compared";
    }

    @Override
    public void write(Sheet sheet) {
        sheet.outside("Unless marked otherwise, the figures were computed from real records, and no budget accounts for"
                + " them.");
        sheet.markup().open("dl", "class", "terms");
        term(sheet, "Real records", evaluation.rows().real());
        term(sheet, "Held-out real records", evaluation.rows().holdout());
        term(sheet, "Synthetic records", evaluation.rows().synthetic());
        sheet.markup().close();
        sheet.explain(Terms.COMPARED, Terms.ATTAINABLE);
        sheet.paragraph(
                "A figure alone says little. Beside each is the value that a second real sample attains in place of the"
                        + " synthetic records: good is close to it, fair is farther away, poor is far away.");
        if (!evaluation.notes().isEmpty()) {
            sheet.markup().open("ul");
            evaluation.notes().forEach(note -> sheet.markup().element("li", note));
            sheet.markup().close();
        }
    }

    private static void term(Sheet sheet, String name, long records) {
        sheet.markup()
                .open("div")
                .element("dt", name)
                .element("dd", ReportNumbers.count(records))
                .close();
    }
}

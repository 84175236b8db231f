package org.privateevolution.report;

import java.util.List;
import org.privateevolution.report.RunReport.PrivacyStatement;
import org.privateevolution.report.Sheet.BigFigure;

/** The section on what the run guarantees, and to whom. */
record PromiseSection(PrivacyStatement guarantee) implements Section {

    @Override
    public String id() {
        return "promise";
    }

    @Override
    public String shortName() {
        return "Promise";
    }

    @Override
    public String question() {
        return "What was promised";
    }

    @Override
    public void write(Sheet sheet) {
        sheet.figures(List.of(
                new BigFigure(Terms.EPSILON, ReportNumbers.upward(guarantee.epsilon())),
                new BigFigure(Terms.DELTA, ReportNumbers.upward(guarantee.delta())),
                new BigFigure(Terms.UNIT, guarantee.unit()),
                new BigFigure(Terms.ADJACENCY, guarantee.adjacency())));
        if (guarantee.holds()) {
            sheet.markup()
                    .open("p")
                    .text("The released histograms, and so everything that was made from them, the synthetic data"
                            + " included, are (ε, δ)-differentially private: of two private data sets that differ in"
                            + " one " + guarantee.unit() + " (" + guarantee.adjacency()
                            + "), any outcome is at most e")
                    .element("sup", "ε")
                    .text(" times as likely under one as under the other, except with probability δ.")
                    .close();
        } else {
            sheet.markup().open("p", "class", "warning");
            sheet.markup()
                    .element("strong", "A vote was released without noise: nothing is guaranteed.")
                    .close();
        }
        sheet.paragraph(guarantee.outlook());
        sheet.muted(
                "The configuration is taken as public: the declared columns, bounds, categories and labels, and every"
                        + " option. The ledger adds up the releases of all runs on the same private data.");
        if (!guarantee.conditions().isEmpty()) {
            sheet.heading("What must hold for it");
            sheet.muted("The program cannot check this.").markup().open("ul");
            guarantee.conditions().forEach(condition -> sheet.markup().element("li", condition));
            sheet.markup().close();
        }
    }
}

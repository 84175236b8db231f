package org.privateevolution.report;

import java.util.List;
import org.privateevolution.report.RunReport.Curve;

/** What the run's own releases tell of the quality of its data, and what a comparison with the private data tells. */
record QualitySection(RunReport report) implements Section {

    @Override
    public String id() {
        return "quality";
    }

    @Override
    public String shortName() {
        return "Quality";
    }

    @Override
    public String question() {
        return "How good it is";
    }

    @Override
    public void write(Sheet sheet) {
        if (report.verdict().isEmpty()) {
            sheet.paragraph(
                    "No release of this run tells how good its data are. To measure it against real records that were held"
                            + " out: pe evaluate.");
        } else {
            report.verdict().forEach(sheet::paragraph);
        }
        if (!report.released().isEmpty()) {
            sheet.heading("Released against synthetic");
            sheet.paragraph(
                    "The marginals of the columns as they were released, with their noise, and those of the synthetic"
                            + " rows: inside the guarantee. Where the synthetic ones are smoother, they have other releases to"
                            + " explain, too.");
            new MarginalCards(report.released(), "released").write(sheet);
        }
        List<Curve> inside = curves(true);
        if (!inside.isEmpty()) {
            sheet.heading("The synthetic data, iteration by iteration");
            new Curves("Figures of each iteration, inside the guarantee", inside).write(sheet);
        }
        if (report.showsPrivate()) {
            outside(sheet);
        }
    }

    private void outside(Sheet sheet) {
        sheet.markup().open("div", "class", "outside");
        sheet.heading("Real against synthetic");
        sheet.outside(
                "These figures were drawn from the private data, exact and without noise, and no budget accounts for them.");
        report.marginals().ifPresent(marginals -> MarginalCards.write(sheet, marginals));
        List<Curve> outside = curves(false);
        if (!outside.isEmpty()) {
            new Curves("Figures of each iteration, outside the guarantee", outside).write(sheet);
        }
        sheet.markup().close();
    }

    private List<Curve> curves(boolean insideGuarantee) {
        return report.curves().stream()
                .filter(curve -> curve.insideGuarantee() == insideGuarantee)
                .toList();
    }
}

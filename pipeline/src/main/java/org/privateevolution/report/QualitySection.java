package org.privateevolution.report;

import java.util.List;
import org.privateevolution.model.Evaluation.Correlations;
import org.privateevolution.report.RunReport.Curve;
import org.privateevolution.report.RunReport.Modelled;

/** The section on the quality of the data, as the run's own releases and a comparison with the private data show it. */
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
            sheet.paragraph("The releases of this run do not show how good its data is. To compare them with real"
                    + " records that were held"
                    + " out: pe evaluate.");
        } else {
            report.verdict().forEach(sheet::paragraph);
        }
        if (!report.released().isEmpty()) {
            sheet.heading("Released and synthetic");
            sheet.paragraph(
                    "The marginals of the columns as they were released, with their noise, and those of the synthetic"
                            + " rows: inside the guarantee. Where the synthetic ones are smoother, they also fit other"
                            + " releases.");
            new MarginalCards(report.released(), "released").write(sheet);
        }
        report.modelled().ifPresent(modelled -> modelled(sheet, modelled));
        List<Curve> inside = curves(true);
        if (!inside.isEmpty()) {
            sheet.heading("The synthetic data, iteration by iteration");
            new Curves("Figures of each iteration, inside the guarantee", inside).write(sheet);
        }
        if (report.showsPrivate()) {
            outside(sheet);
        }
        if (report.modelled().isPresent()) {
            sheet.muted("How well models trained on these rows do on real rows is on a separate page, which must not"
                    + " be published:"
                    + " pe evaluate --real RECORDS --holdout OTHERS --synthetic THIS-RUN --output FOLDER.");
        }
    }

    private static void modelled(Sheet sheet, Modelled modelled) {
        if (modelled.estimate().isPresent()) {
            new Associations(
                            new Correlations(
                                    modelled.columns(), modelled.estimate().get(), modelled.synthetic()),
                            "Estimate")
                    .write(sheet);
            sheet.muted("Inside the guarantee: the estimate consists of weighted rows that fit all releases.");
        } else {
            sheet.heading("Which columns go together");
            sheet.explain(Terms.ASSOCIATION);
            sheet.markup().open("div", "class", "heats");
            new HeatMap("Synthetic", modelled.columns(), modelled.synthetic(), 1).draw(sheet.markup());
            sheet.markup().close();
            sheet.muted("Inside the guarantee: counted on the synthetic rows. The releases do not show how close it"
                    + " is to the real rows.");
        }
    }

    private void outside(Sheet sheet) {
        sheet.markup().open("div", "class", "outside");
        sheet.heading("Real and synthetic");
        sheet.outside("These figures were computed from the private data, exactly and without noise, and no budget"
                + " accounts for them.");
        report.marginals().ifPresent(marginals -> MarginalCards.write(sheet, marginals));
        report.associations().ifPresent(found -> new Associations(found, "Real").write(sheet));
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

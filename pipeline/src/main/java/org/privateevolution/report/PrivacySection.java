package org.privateevolution.report;

import java.util.List;
import org.privateevolution.report.RunReport.PrivacyStatement;
import org.privateevolution.report.Sheet.BigFigure;

/**
 * The section on what was released from the private data, where it is accounted for, and what the guarantee does not
 * cover.
 */
record PrivacySection(PrivacyStatement guarantee) implements Section {

    @Override
    public String id() {
        return "privacy";
    }

    @Override
    public String shortName() {
        return "Privacy";
    }

    @Override
    public String question() {
        return "How private it is";
    }

    @Override
    public void write(Sheet sheet) {
        sheet.paragraph(
                "This is everything that the run published about the private data: noisy counts, each charged to"
                        + " the ledger before"
                        + " it was read. All other results were computed from them.");
        sheet.figures(List.of(
                new BigFigure(
                        Terms.RELEASES, ReportNumbers.count(guarantee.releases().size())),
                new BigFigure(Terms.DATA_SET_EPSILON, ReportNumbers.upward(guarantee.dataSetEpsilon()))));
        if (guarantee.releases().isEmpty()) {
            sheet.muted("Nothing was released.");
        } else {
            releases().write(sheet);
            sheet.explain(Terms.NOISE, Terms.SPENT);
        }
        sheet.heading("Where it is recorded");
        sheet.markup().open("dl", "class", "terms");
        term(sheet.markup(), "Ledger", guarantee.ledger());
        term(sheet.markup(), Terms.CONFIGURATION.name(), guarantee.fingerprint());
        sheet.markup().close();
        sheet.explain(Terms.CONFIGURATION);
        sheet.heading("What the guarantee does not cover");
        sheet.markup().open("ul");
        for (String limit : List.of(
                "Choices of the configuration that were made by looking at the private data.",
                "Figures outside the guarantee, such as those of an evaluation: a run keeps them in files whose"
                        + " names say"
                        + " “private”.",
                "Other releases of the same data that are not in this ledger.",
                "Whether the program works as described. `pe audit CONFIG` tests that with canaries.")) {
            sheet.markup().element("li", limit);
        }
        sheet.markup().close();
    }

    private DataTable releases() {
        return DataTable.ofTexts(
                "Releases, in the order of the ledger",
                List.of("Release", Terms.NOISE.name(), Terms.SPENT.name()),
                guarantee.releases().stream()
                        .map(release -> List.of(
                                release.name(),
                                ReportNumbers.downward(release.noiseMultiplier()),
                                ReportNumbers.upward(release.epsilonSoFar())))
                        .toList());
    }

    private static void term(Markup markup, String name, String value) {
        markup.open("div").element("dt", name).element("dd", value).close();
    }
}

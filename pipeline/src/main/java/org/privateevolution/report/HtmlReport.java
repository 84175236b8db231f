package org.privateevolution.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Builds the two reports of a run: one that may be published, and one with everything drawn from the private data. */
public final class HtmlReport {

    private static final DateTimeFormatter FINISHED =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private HtmlReport() {}

    /** The document that may be published, to be written as UTF-8: everything in it is inside the guarantee. */
    public static String published(RunReport report) {
        return page(
                report.insideGuarantee(),
                report.guarantee().holds()
                        ? Page.Notice.publishable()
                        : Page.Notice.confidential("A vote was released without noise: nothing is guaranteed."));
    }

    /** The complete document, including figures OUTSIDE the guarantee, to be written as UTF-8. */
    public static String confidential(RunReport report) {
        return page(
                report,
                Page.Notice.confidential("The parts marked “outside the"
                        + " guarantee” contain figures on the private data. Show it only to people who may see"
                        + " the private data."));
    }

    private static String page(RunReport report, Page.Notice notice) {
        return new Page(
                        "Private Evolution · synthetic data",
                        report.name(),
                        notice,
                        List.of(promise(report), quality(report)),
                        List.of(
                                new PromiseSection(report.guarantee()),
                                new DataSection(report.synthetic(), report.pictures(), report.lineages()),
                                new CourseSection(
                                        report.votes(),
                                        report.guarantee().releases(),
                                        !report.released().isEmpty()),
                                new QualitySection(report),
                                new PrivacySection(report.guarantee())))
                .document();
    }

    private static String promise(RunReport report) {
        return ReportNumbers.count(report.synthetic().totalRows()) + " synthetic "
                + report.synthetic().noun() + ", finished " + FINISHED.format(report.finishedAt()) + ": "
                + (report.guarantee().holds() ? report.guarantee().sentence() : "nothing is guaranteed") + ".";
    }

    private static String quality(RunReport report) {
        return report.verdict().stream()
                .findFirst()
                .orElse("Quality: not known from the releases of this run; pe evaluate measures it.");
    }
}

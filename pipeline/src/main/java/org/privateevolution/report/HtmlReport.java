package org.privateevolution.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.MarginalComparison.LabelMarginal;
import org.privateevolution.report.RunReport.Curve;
import org.privateevolution.report.RunReport.Picture;
import org.privateevolution.report.RunReport.PrivacyStatement;
import org.privateevolution.report.RunReport.StatedRelease;
import org.privateevolution.report.RunReport.Table;
import org.privateevolution.report.RunReport.Vote;

/**
 * The report of a run as one HTML file that needs no other: no script, no font, nothing from the network. It is
 * well-formed XML too.
 */
public final class HtmlReport {

    private static final DateTimeFormatter FINISHED =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final String REAL = "real";

    private final RunReport report;
    private final Markup markup = new Markup();

    private HtmlReport(RunReport report) {
        this.report = report;
    }

    /** The document, to be written as UTF-8. */
    public static String of(RunReport report) {
        return new HtmlReport(report).document();
    }

    private String document() {
        markup.open("html", "lang", "en").open("head");
        markup.empty("meta", "charset", "utf-8");
        markup.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        markup.empty("meta", "name", "color-scheme", "content", "light dark");
        markup.element("title", report.name() + ": private synthetic data");
        markup.element("style", stylesheet()).close();
        markup.open("body").open("main");
        header();
        guarantee();
        votes();
        if (report.pictures().isEmpty()) {
            synthetic();
        } else {
            pictures();
        }
        insideCurves();
        released();
        report.marginals().ifPresent(this::marginals);
        outsideCurves();
        markup.close().close().close();
        return markup.document();
    }

    private void header() {
        markup.open("header");
        markup.element("p", "Private Evolution · synthetic data", "class", "kicker");
        markup.element("h1", report.name());
        markup.element(
                "p",
                ReportNumbers.count(report.synthetic().totalRows())
                        + " synthetic " + report.synthetic().noun() + " · finished "
                        + FINISHED.format(report.finishedAt()),
                "class",
                "muted");
        if (report.showsPrivate()) {
            markup.open("p", "class", "warning");
            markup.element("strong", "This file is not private as a whole. ");
            markup.text("It compares with the private data in its last part, which is ");
            markup.element("a", "outside the guarantee", "href", "#outside");
            markup.text(". Show it only to people who may see the private data.");
            markup.close();
        }
        markup.close();
    }

    private void guarantee() {
        PrivacyStatement guarantee = report.guarantee();
        boolean finite = Double.isFinite(guarantee.epsilon());
        markup.open("section", "class", "guarantee").element("h2", "The guarantee");
        markup.open("p", "class", "figures");
        bigFigure("ε", ReportNumbers.upward(guarantee.epsilon()));
        bigFigure("δ", ReportNumbers.upward(guarantee.delta()));
        markup.close();
        if (finite) {
            markup.open("p")
                    .text("The released histograms, and so everything that was made from them, the synthetic data"
                            + " included, are (ε, δ)-differentially private: of two private data sets that differ in"
                            + " one " + guarantee.unit() + " (" + guarantee.adjacency()
                            + "), any outcome is at most e")
                    .element("sup", "ε")
                    .text(" times as likely under one as under the other, but for a probability of δ.")
                    .close();
        } else {
            markup.element("p", "A vote was released without noise: nothing is guaranteed.", "class", "warning");
        }
        markup.open("dl");
        term("Privacy unit", guarantee.unit());
        term("Adjacency", guarantee.adjacency());
        term("Releases", ReportNumbers.count(guarantee.releases().size()));
        term("Noise multiplier", noise(guarantee.releases()));
        term("Ledger", guarantee.ledger());
        term("Configuration", guarantee.fingerprint());
        markup.close();
        markup.element("p", guarantee.outlook(), "class", "muted");
        markup.element(
                "p",
                "The configuration is taken as public: the declared columns, bounds, categories and labels, and every"
                        + " option. What other runs released of the same private data adds up in the ledger.",
                "class",
                "muted");
        markup.close();
    }

    private void bigFigure(String symbol, String value) {
        markup.open("span").element("i", symbol).text(" = ").element("b", value).close();
    }

    private void term(String name, String value) {
        markup.open("div").element("dt", name).element("dd", value).close();
    }

    /** One line for each stretch of releases with the same noise. */
    private static String noise(List<StatedRelease> releases) {
        List<String> stretches = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= releases.size(); i++) {
            StatedRelease first = releases.get(start);
            if (i == releases.size() || releases.get(i).noiseMultiplier() != first.noiseMultiplier()) {
                String names = i - start == 1
                        ? first.name()
                        : first.name() + " to " + releases.get(i - 1).name();
                stretches.add(ReportNumbers.downward(first.noiseMultiplier()) + " (" + names + ")");
                start = i;
            }
        }
        return stretches.isEmpty() ? "nothing was released" : String.join(", ", stretches);
    }

    private void votes() {
        markup.open("section").element("h2", "How the run went");
        if (report.votes().isEmpty()) {
            markup.element("p", "No vote was cast: this is the initial population.", "class", "muted")
                    .close();
            return;
        }
        if (!report.released().isEmpty()) {
            estimatedVotes();
            return;
        }
        markup.element(
                "p",
                "Each vote asks the private data which candidates are nearest, adds noise, and keeps the survivors. A"
                        + " number of effective candidates far below the number of survivors means that few candidates hold most"
                        + " of the votes.");
        report.verdict().forEach(sentence -> markup.element("p", sentence));
        markup.open("div", "class", "lines");
        line("Candidates", Vote::candidates);
        line("Survivors", Vote::survivors);
        line("Selected", Vote::selected);
        line("Effective candidates", Vote::effectiveCandidates);
        markup.close();
        markup.open("details").element("summary", "Figures of each vote").open("div", "class", "scroll");
        markup.open("table", "class", "numbers").open("thead").open("tr");
        for (String name : List.of("Vote", "Candidates", "Survivors", "Selected", "Effective candidates")) {
            markup.element("th", name, "scope", "col");
        }
        markup.close().close().open("tbody");
        for (Vote vote : report.votes()) {
            markup.open("tr");
            markup.element("td", ReportNumbers.count(vote.iteration()));
            markup.element("td", ReportNumbers.count(vote.candidates()));
            markup.element("td", ReportNumbers.count(vote.survivors()));
            markup.element("td", ReportNumbers.count(vote.selected()));
            markup.element("td", ReportNumbers.count(vote.effectiveCandidates()));
            markup.close();
        }
        markup.close().close().close().close().close();
    }

    /** Nothing is selected there: candidates are drawn from the estimate. */
    private void estimatedVotes() {
        markup.element(
                "p",
                "Marginals and votes, all with their noise, are explained together by one weighting of synthetic rows, from which"
                        + " the candidates of each vote and the published rows are drawn.");
        report.verdict().forEach(sentence -> markup.element("p", sentence));
        markup.open("div", "class", "lines");
        line("Candidates", Vote::candidates);
        line("Effective candidates", Vote::effectiveCandidates);
        markup.close().close();
    }

    private void line(String title, ToDoubleFunction<Vote> figure) {
        new LineChart(
                        title,
                        report.votes().stream()
                                .map(vote -> figure.applyAsDouble(vote))
                                .toList(),
                        1,
                        ReportNumbers::count)
                .draw(markup);
    }

    private void synthetic() {
        Table table = report.synthetic();
        markup.open("section").element("h2", "A look at the synthetic data");
        markup.element(
                "p",
                table.rows().isEmpty()
                        ? "There are no " + table.noun() + "."
                        : table.rows().size() + " of " + ReportNumbers.count(table.totalRows()) + " " + table.noun()
                                + ", from all over the data. They were generated, not taken from the private data.");
        if (!table.rows().isEmpty()) {
            markup.open("div", "class", "scroll").open("table").open("thead").open("tr");
            table.columns().forEach(name -> markup.element("th", name, "scope", "col"));
            markup.close().close().open("tbody");
            for (List<String> row : table.rows()) {
                markup.open("tr");
                row.forEach(this::cell);
                markup.close();
            }
            markup.close().close().close();
        }
        markup.close();
    }

    private void pictures() {
        markup.open("section").element("h2", "A look at the synthetic images");
        markup.element("p", "They were generated, not taken from the private data.");
        for (Picture picture : report.pictures()) {
            markup.open("figure").open("figcaption");
            markup.element("b", picture.title()).text(" " + picture.caption()).close();
            String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(picture.png());
            markup.empty("img", "alt", picture.title(), "src", data, "style", "max-width:100%")
                    .close();
        }
        markup.close();
    }

    private void cell(String text) {
        if (text == null) {
            markup.element("td", "null", "class", "null");
        } else {
            markup.element("td", text);
        }
    }

    private void marginals(MarginalComparison comparison) {
        markup.open("section", "id", "outside", "class", "outside").element("h2", "Real against synthetic");
        markup.open("p", "class", "warning");
        markup.element("strong", "Outside the guarantee: drawn from the private data. ");
        markup.text("Everything from here on is exact, without noise, and not in the ledger. Do not publish it.");
        markup.close();
        markup.open("p", "class", "figures");
        averages(comparison);
        markup.close();
        markup.element(
                "p",
                "Total variation distance (TVD) is the share of rows that would have to change for both to agree: 0 if"
                        + " they agree, 1 if they have nothing in common. Wasserstein is how far values would have to"
                        + " move, in units of the declared range. 1-way figures are of single columns, 2-way figures of "
                        + ReportNumbers.count(comparison.pairs()) + " pairs of them"
                        + (comparison.pairsLeftOut() == 0
                                ? "."
                                : "; " + ReportNumbers.count(comparison.pairsLeftOut())
                                        + " pairs have too many cells to be counted."),
                "class",
                "muted");
        legend(REAL);
        if (comparison.labels().size() > 1) {
            labels(comparison);
        }
        cards(comparison.columns(), REAL);
        markup.close();
    }

    /** What was bought beside the votes, noise and all. */
    private void released() {
        if (report.released().isEmpty()) {
            return;
        }
        markup.open("section").element("h2", "Released against synthetic");
        markup.element(
                "p",
                "The marginals of the columns as they were released, with their noise, and those of the synthetic rows: inside"
                        + " the guarantee. Where the synthetic ones are smoother, they have other releases to explain, too.");
        legend("released");
        cards(report.released(), "released");
        markup.close();
    }

    private void legend(String compared) {
        markup.open("p", "class", "legend");
        markup.element("span", compared, "class", REAL).element("span", "synthetic", "class", "synthetic");
        markup.close();
    }

    private void cards(List<ColumnMarginal> columns, String compared) {
        markup.open("div", "class", "cards");
        columns.forEach(column -> card(column, compared));
        markup.close();
    }

    private void averages(MarginalComparison comparison) {
        bigFigure("average 1-way TVD", ReportNumbers.distance(comparison.oneWay()));
        comparison.twoWay().ifPresent(value -> bigFigure("average 2-way TVD", ReportNumbers.distance(value)));
    }

    private void insideCurves() {
        List<Curve> inside =
                report.curves().stream().filter(Curve::insideGuarantee).toList();
        if (!inside.isEmpty()) {
            markup.open("section").element("h2", "The synthetic data, iteration by iteration");
            curves(inside);
            markup.close();
        }
    }

    private void outsideCurves() {
        List<Curve> outside = report.curves().stream()
                .filter(curve -> !curve.insideGuarantee())
                .toList();
        if (outside.isEmpty()) {
            return;
        }
        markup.open("section", "id", "outside").element("h2", "Private and synthetic data");
        markup.element(
                "p",
                "Outside the guarantee: these figures were drawn from the private data, and no budget accounts for them.",
                "class",
                "warning");
        curves(outside);
        markup.close();
    }

    /** A line for each, and the figures of each iteration from 0, the initial population. */
    private void curves(List<Curve> curves) {
        markup.open("div", "class", "lines");
        for (Curve curve : curves) {
            new LineChart(curve.metric(), curve.values(), 0, ReportNumbers::figure).draw(markup);
        }
        markup.close();
        markup.open("details").element("summary", "Figures of each iteration").open("div", "class", "scroll");
        markup.open("table", "class", "numbers").open("thead").open("tr");
        markup.element("th", "Iteration", "scope", "col");
        curves.forEach(curve -> markup.element("th", curve.metric(), "scope", "col"));
        markup.close().close().open("tbody");
        for (int i = 0; i < curves.get(0).values().size(); i++) {
            markup.open("tr").element("td", ReportNumbers.count(i));
            for (Curve curve : curves) {
                markup.element("td", ReportNumbers.figure(curve.values().get(i)));
            }
            markup.close();
        }
        markup.close().close().close().close();
    }

    private void labels(MarginalComparison comparison) {
        markup.open("details")
                .element(
                        "summary",
                        "Labels: TVD " + ReportNumbers.distance(comparison.labelTotalVariation()) + " over "
                                + comparison.labels().size() + " labels");
        markup.open("div", "class", "scroll")
                .open("table", "class", "numbers")
                .open("thead")
                .open("tr");
        for (String name : List.of("Label", "Real", "Synthetic", "Average TVD of a column")) {
            markup.element("th", name, "scope", "col");
        }
        markup.close().close().open("tbody");
        for (LabelMarginal label : comparison.labels()) {
            markup.open("tr").element("td", label.label());
            markup.element("td", ReportNumbers.percent(label.real()));
            markup.element("td", ReportNumbers.percent(label.synthetic()));
            markup.element("td", ReportNumbers.distance(label.oneWay()));
            markup.close();
        }
        markup.close().close().close().close();
    }

    private void card(ColumnMarginal column, String compared) {
        markup.open("figure", "class", "card").open("figcaption").element("b", column.column());
        StringBuilder distances = new StringBuilder("TVD " + ReportNumbers.distance(column.totalVariation()));
        column.numbers()
                .ifPresent(numbers ->
                        distances.append(" · Wasserstein ").append(ReportNumbers.distance(numbers.wasserstein())));
        markup.element("span", distances.toString()).close();
        new MarginalChart(column, compared).draw(markup);
        markup.close();
    }

    private static String stylesheet() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("report.css is missing from the jar", failure);
        }
    }
}

package org.privateevolution.report;

import java.util.List;
import java.util.Locale;

/**
 * The findings of an audit as one self-contained HTML file: no script, no font, nothing from the network. It is also
 * well-formed XML.
 *
 * @param name of what was audited
 * @param tone of the headline
 * @param headline the finding, in one sentence
 * @param claim what the run promises
 * @param bounds measured bounds on epsilon
 * @param scores of the canaries
 * @param checks tests that the run was put through
 * @param sections what the findings mean, and how to repeat them
 */
public record AuditPage(
        String name,
        Tone tone,
        String headline,
        List<String> meaning,
        List<Fact> claim,
        List<Bound> bounds,
        Scores scores,
        List<Tested> checks,
        List<Section> sections) {

    public AuditPage {
        meaning = List.copyOf(meaning);
        claim = List.copyOf(claim);
        bounds = List.copyOf(bounds);
        checks = List.copyOf(checks);
        sections = List.copyOf(sections);
    }

    /** The look of a headline; its words say the same. */
    public enum Tone {
        GOOD,
        DOUBTFUL,
        BAD
    }

    /** A term and its value. */
    public record Fact(String term, String value) {}

    /**
     * A bound on epsilon.
     *
     * @param explanation what the bound is based on
     */
    public record Bound(String name, String value, String explanation) {}

    /**
     * How often canaries had each score, in cells of equal width.
     *
     * @param mu the expected mean score of canaries that were in the data; the expected mean of the others is 0
     */
    public record Scores(double start, double width, List<Integer> in, List<Integer> out, double mu) {
        public Scores {
            in = List.copyOf(in);
            out = List.copyOf(out);
        }
    }

    /** A test and its result. */
    public record Tested(String name, String probability, String result) {}

    /** A heading with paragraphs. */
    public record Section(String heading, List<String> paragraphs) {
        public Section {
            paragraphs = List.copyOf(paragraphs);
        }
    }

    /** The document, to be written as UTF-8. */
    public String html() {
        Markup markup = new Markup();
        markup.open("html", "lang", "en");
        Page.head(markup, name + ": privacy audit", "report.css", "audit.css");
        markup.open("body").open("main");
        header(markup);
        claim(markup);
        bounds(markup);
        new ScoreChart(scores).draw(markup);
        checks(markup);
        for (Section section : sections) {
            markup.open("section").element("h2", section.heading());
            section.paragraphs().forEach(paragraph -> markup.element("p", paragraph));
            markup.close();
        }
        markup.close().close().close();
        return markup.document();
    }

    private void header(Markup markup) {
        markup.open("header");
        markup.element("p", "Private Evolution · privacy audit", "class", "kicker");
        markup.element("h1", name);
        markup.open("div", "class", "verdict " + tone.name().toLowerCase(Locale.ROOT));
        markup.element("p", headline, "class", "headline");
        meaning.forEach(sentence -> markup.element("p", sentence));
        markup.close().close();
    }

    private void claim(Markup markup) {
        markup.open("section", "class", "guarantee").element("h2", "The claim, and how it was tested");
        markup.open("dl");
        for (Fact fact : claim) {
            markup.open("div")
                    .element("dt", fact.term())
                    .element("dd", fact.value())
                    .close();
        }
        markup.close().close();
    }

    private void bounds(Markup markup) {
        String heading = "What was measured";
        markup.open("section").element("h2", heading);
        table(
                markup,
                heading,
                List.of("Figure", "Value", "Based on"),
                bounds.stream()
                        .map(bound -> List.of(bound.name(), bound.value(), bound.explanation()))
                        .toList());
        markup.close();
    }

    private void checks(Markup markup) {
        String heading = "Checks";
        markup.open("section").element("h2", heading);
        markup.element(
                "p",
                "The probability of such a result, or a more extreme one, if the run keeps its claim. All"
                        + " checks of an audit together fail by chance in less than one of a million audits.",
                "class",
                "muted");
        table(
                markup,
                heading,
                List.of("Check", "Probability", "Result"),
                checks.stream()
                        .map(check -> List.of(check.name(), check.probability(), check.result()))
                        .toList());
        markup.close();
    }

    /** A table with three columns: a name, a value and an explanation. */
    private static void table(Markup markup, String label, List<String> heads, List<List<String>> rows) {
        markup.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", label)
                .open("table", "class", "audit")
                .open("thead")
                .open("tr");
        heads.forEach(head -> markup.element("th", head, "scope", "col"));
        markup.close().close().open("tbody");
        for (List<String> row : rows) {
            markup.open("tr")
                    .element("th", row.get(0), "scope", "row")
                    .element("td", row.get(1), "class", "value")
                    .element("td", row.get(2))
                    .close();
        }
        markup.close().close().close();
    }
}

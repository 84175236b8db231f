package org.privateevolution.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Cell;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.MarginalComparison.LabelMarginal;
import org.privateevolution.model.MarginalComparison.Numbers;
import org.privateevolution.report.RunReport.PrivacyStatement;
import org.privateevolution.report.RunReport.StatedRelease;
import org.privateevolution.report.RunReport.Table;
import org.privateevolution.report.RunReport.Vote;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {

    private static final List<String> AWKWARD = List.of(
            "\"quoted\" & 'single'",
            "<script>alert(1)</script>",
            "</style><svg onload=alert(1)>",
            "]]> &amp; &#x41; <!-- -->",
            "naïve 东京 😀 \u202Edlrow",
            "tab\tline\nnul\u0000bell\u0007lone\uD800end\uFFFF",
            "",
            " ",
            "x".repeat(3_001));

    private static final PrivacyStatement GUARANTEE =
            new PrivacyStatement(1, 1.575e-5, "record", "add/remove", List.of(), "file:/ledger", "f00d", "outlook");

    @Test
    void awkwardTextsStayTextsInsideAWellFormedDocument() throws Exception {
        for (String awkward : AWKWARD) {
            Document document = parsed(HtmlReport.of(everything(awkward)));
            assertThat(document.getElementsByTagName("script").getLength()).isZero();
            assertThat(document.getElementsByTagName("style").getLength()).isEqualTo(1);
            String shown = awkward.replaceAll("[\u0000\u0007\uFFFF\uD800]", "\uFFFD");
            assertThat(texts(document, "td")).contains(shown);
            assertThat(texts(document, "h1")).containsExactly(shown);
            assertThat(texts(document, "dd")).contains(shown);
            NodeList elements = document.getElementsByTagName("*");
            for (int i = 0; i < elements.getLength(); i++) {
                assertThat(((Element) elements.item(i)).hasAttribute("onload")).isFalse();
            }
        }
    }

    @Test
    void needsNothingFromTheNetwork() throws Exception {
        String html = HtmlReport.of(everything("plain"));
        assertThat(html).doesNotContain("http", "url(", "@import", "src=");
        assertThat(parsed(html).getElementsByTagName("link").getLength()).isZero();
        assertThat(html).startsWith("<!DOCTYPE html>").contains("<meta charset=\"utf-8\"");
    }

    @Test
    void theStylesheetReadsTheSameInHtmlAndInXml() throws Exception {
        String html = HtmlReport.of(everything("plain"));
        String raw = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
        assertThat(raw).isEqualTo(texts(parsed(html), "style").get(0)).contains("prefers-color-scheme: dark");
    }

    @Test
    void onlyKindsThatHtmlLetsCloseThemselvesDo() {
        String html = HtmlReport.of(everything(""));
        assertThat(html.replaceAll("<(meta|line|polyline|circle|rect)( [^<>]*)?/>", ""))
                .doesNotContain("/>");
    }

    @Test
    void figuresOutsideTheGuaranteeAreMarkedTwice() throws Exception {
        Document document = parsed(HtmlReport.of(everything("plain")));
        assertThat(texts(document, "p").stream().filter(text -> text.contains("This file is not private as a whole")))
                .hasSize(1);
        assertThat(texts(document, "p").stream()
                        .filter(text -> text.contains("Outside the guarantee: drawn from the private data")))
                .hasSize(1);
    }

    @Test
    void withoutThemTheReportShowsNothingButReleasedFigures() throws Exception {
        RunReport all = everything("plain");
        String html = HtmlReport.of(new RunReport(
                all.name(), all.finishedAt(), all.guarantee(), all.votes(), all.synthetic(), Optional.empty()));
        assertThat(html)
                .doesNotContain("utside the guarantee")
                .doesNotContain("not private")
                .doesNotContain("TVD");
        assertThat(parsed(html).getElementsByTagName("section").getLength()).isEqualTo(3);
    }

    @Test
    void zeroVotesNoRowsAndFiftyColumnsAreShown() throws Exception {
        List<String> columns =
                IntStream.range(0, 50).mapToObj(i -> "column_" + i).toList();
        Table empty = new Table(columns, List.of(), 0);
        String html = HtmlReport.of(
                new RunReport("r", Instant.EPOCH, GUARANTEE, List.of(), empty, Optional.of(comparison("c", 50))));
        Document document = parsed(html);
        assertThat(html)
                .contains("No vote was cast")
                .contains("There are no rows")
                .contains("nothing was released");
        assertThat(document.getElementsByTagName("figure").getLength()).isEqualTo(50);
        assertThat(html).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void aSingleVoteAndAllZeroFiguresAreDrawn() throws Exception {
        List<Vote> votes = List.of(new Vote(1, 0, 0, 0, 0));
        Table table = new Table(List.of("a"), List.of(List.of("1")), 1);
        String html = HtmlReport.of(new RunReport("r", Instant.EPOCH, GUARANTEE, votes, table, Optional.empty()));
        assertThat(parsed(html).getElementsByTagName("polyline").getLength()).isEqualTo(4);
        assertThat(html).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void epsilonIsRoundedUpAndNoiseDown() throws Exception {
        PrivacyStatement guarantee = new PrivacyStatement(
                0.99991,
                1.23411e-7,
                "client",
                "replace-one",
                List.of(
                        new StatedRelease("label counts", 20),
                        new StatedRelease("vote 1", 5.99999),
                        new StatedRelease("vote 2", 5.99999)),
                "l",
                "f",
                "outlook");
        Document document = parsed(HtmlReport.of(new RunReport(
                "r", Instant.EPOCH, guarantee, List.of(), new Table(List.of("a"), List.of(), 0), Optional.empty())));
        assertThat(texts(document, "b")).containsExactly("1", "1.235e-7");
        assertThat(texts(document, "dd")).contains("3", "20 (label counts), 5.999 (vote 1 to vote 2)", "client");
    }

    @Test
    void noNoiseIsSaidToGuaranteeNothing() throws Exception {
        PrivacyStatement guarantee = new PrivacyStatement(
                Double.POSITIVE_INFINITY,
                1e-5,
                "record",
                "add/remove",
                List.of(new StatedRelease("vote 1", 0)),
                "l",
                "f",
                "o");
        String html = HtmlReport.of(new RunReport(
                "r", Instant.EPOCH, guarantee, List.of(), new Table(List.of("a"), List.of(), 0), Optional.empty()));
        assertThat(html).contains("nothing is guaranteed").doesNotContain("differentially private:");
    }

    @Test
    void manyCategoriesEndInTheSumOfTheSmallest() throws Exception {
        List<Cell> cells = IntStream.range(0, 31)
                .mapToObj(i -> new Cell("k" + i, i == 7 ? 0.4 : 0.02, 1 / 31.0))
                .toList();
        MarginalComparison comparison = new MarginalComparison(
                List.of(new ColumnMarginal("c", cells, 0.1, Optional.empty())),
                List.of(),
                0,
                0,
                0,
                0.1,
                OptionalDouble.empty());
        Document document = parsed(HtmlReport.of(new RunReport(
                "r",
                Instant.EPOCH,
                GUARANTEE,
                List.of(),
                new Table(List.of("a"), List.of(), 0),
                Optional.of(comparison))));
        assertThat(texts(document, "title"))
                .hasSize(1 + MarginalChart.SHOWN_CATEGORIES)
                .contains("k7: real 40.0%, synthetic 3.2%", "20 others: real 40.0%, synthetic 64.5%");
    }

    private static RunReport everything(String text) {
        List<String> row = new ArrayList<>(Arrays.asList(text, null));
        return new RunReport(
                text,
                Instant.parse("2026-01-31T23:59:59Z"),
                new PrivacyStatement(1, 1.575e-5, text, text, List.of(new StatedRelease(text, 5)), text, text, text),
                List.of(new Vote(1, 1_009, 503, 101, 211.5), new Vote(2, 1_009, 401, 101, 97.25)),
                new Table(List.of(text, "other"), List.of(row), 1_009),
                Optional.of(comparison(text, 2)));
    }

    private static MarginalComparison comparison(String text, int columns) {
        List<ColumnMarginal> marginals = IntStream.range(0, columns)
                .mapToObj(i -> new ColumnMarginal(
                        text + i,
                        List.of(new Cell(text, 0.25, 0), new Cell(MarginalComparison.NULL_CELL, 0.75, 0)),
                        0.5,
                        i % 2 == 0 ? Optional.of(new Numbers(text, text, 0.25)) : Optional.empty()))
                .toList();
        return new MarginalComparison(
                marginals,
                List.of(new LabelMarginal(text, 1, 0, 0.5), new LabelMarginal("b", 0, 1, 0.5)),
                1,
                1,
                3,
                0.5,
                OptionalDouble.of(0.75));
    }

    private static List<String> texts(Document document, String name) {
        NodeList elements = document.getElementsByTagName(name);
        return IntStream.range(0, elements.getLength())
                .mapToObj(i -> elements.item(i).getTextContent())
                .toList();
    }

    private static Document parsed(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }
}

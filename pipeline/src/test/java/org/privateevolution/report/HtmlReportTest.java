package org.privateevolution.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Cell;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.report.RunReport.PrivacyStatement;
import org.privateevolution.report.RunReport.StatedRelease;
import org.privateevolution.report.RunReport.Table;
import org.privateevolution.report.RunReport.Vote;
import org.w3c.dom.Element;

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

    private static final PrivacyStatement GUARANTEE = Reports.guarantee(1, 1.575e-5, List.of());
    private static final Table NO_ROWS = new Table(List.of("a"), List.of(), 0);

    @Test
    void awkwardTextsStayTextsInsideAWellFormedDocument() throws Exception {
        for (String awkward : AWKWARD) {
            ParsedPage page = ParsedPage.of(HtmlReport.confidential(Reports.everything(awkward)));
            assertThat(page.elements("script")).isEmpty();
            assertThat(page.elements("style")).hasSize(1);
            String shown = awkward.replaceAll("[\u0000\u0007\uFFFF\uD800]", "\uFFFD");
            assertThat(page.texts("td")).contains(shown);
            assertThat(page.texts("h1")).containsExactly(shown);
            assertThat(page.texts("dd")).contains(shown);
            assertThat(page.texts("blockquote")).containsOnly(shown);
            for (Element element : page.elements("*")) {
                assertThat(element.hasAttribute("onload")).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsPrintsAndListensWellWithoutANetwork(boolean publishable) throws Exception {
        for (RunReport report : List.of(Reports.everything("plain"), Reports.ofImages("plain"))) {
            ParsedPage.of(publishable ? HtmlReport.published(report) : HtmlReport.confidential(report))
                    .requireGoodManners();
        }
    }

    @Test
    void theStylesheetReadsTheSameInHtmlAndInXml() throws Exception {
        String html = HtmlReport.published(Reports.everything("plain"));
        String raw = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
        assertThat(raw).isEqualTo(ParsedPage.of(html).texts("style").get(0)).contains("prefers-color-scheme: dark");
    }

    @Test
    void onlyKindsThatHtmlLetsCloseThemselvesDo() {
        String html = HtmlReport.confidential(Reports.everything("")) + HtmlReport.confidential(Reports.ofImages(""));
        assertThat(html.replaceAll("<(meta|img|line|polyline|circle|rect)( [^<>]*)?/>", ""))
                .doesNotContain("/>");
    }

    @Test
    void everyQuestionIsASectionThatTheNavigationLeadsTo() throws Exception {
        ParsedPage page = ParsedPage.of(HtmlReport.published(Reports.everything("plain")));
        assertThat(page.texts("h2"))
                .containsExactly(
                        "What was promised",
                        "What the data looks like",
                        "How the run went",
                        "How good it is",
                        "How private it is",
                        "What the numbers are");
        assertThat(page.elements("section"))
                .extracting(section -> "#" + section.getAttribute("id"))
                .containsExactlyElementsOf(page.elements("a").stream()
                        .skip(1)
                        .map(link -> link.getAttribute("href"))
                        .toList());
    }

    @Test
    void twoLinesOnTopSayWhatWasPromisedAndHowGoodItIs() {
        assertThat(HtmlReport.published(Reports.everything("told")))
                .contains("<p>1,009 synthetic rows, finished 31 January 2026: told.</p><p>told</p>");
        assertThat(HtmlReport.published(Reports.plain(GUARANTEE, List.of(), NO_ROWS)))
                .contains("<p>Quality: not known from the releases of this run; pe evaluate measures it.</p>");
    }

    @Test
    void everyNumberIsExplainedWhereItStandsAndAtTheEnd() throws Exception {
        ParsedPage page = ParsedPage.of(HtmlReport.confidential(Reports.everything("plain")));
        List<String> names = page.texts("dt");
        assertThat(names)
                .contains(
                        "ε (epsilon)",
                        "δ (delta)",
                        "Effective candidates",
                        "fid",
                        "near_duplicates",
                        "Average 2-way TVD");
        Element glossary = page.elements("dl").get(page.elements("dl").size() - 1);
        assertThat(glossary.getAttribute("class")).isEqualTo("glossary");
        for (String term : List.of("ε (epsilon)", "Noise multiplier", "fid", "Wasserstein distance")) {
            assertThat(glossary.getTextContent()).contains(term);
        }
    }

    @Test
    void whatLiesOutsideTheGuaranteeIsMarkedAboveItAndOnTop() {
        assertThat(HtmlReport.confidential(Reports.everything("plain")))
                .contains("Private: do not publish this file.", "<strong>Outside the guarantee. </strong>")
                .doesNotContain("This file may be published");
    }

    @Test
    void whatMayBePublishedHoldsNothingOutsideTheGuarantee() throws Exception {
        RunReport all = Reports.compared(Reports.everything("plain"), planted());
        String whole = HtmlReport.confidential(all);
        String published = HtmlReport.published(all);
        for (String planted : List.of(
                "planted", "0.777", "77.7%", "fid", "Real and synthetic", "1-way", "private plain", "0.813", ">.81<")) {
            assertThat(whole).contains(planted);
            assertThat(published).doesNotContain(planted);
        }
        assertThat(published)
                .contains(
                        "This file may be published",
                        "near_duplicates",
                        "modelled plain",
                        ">.44<",
                        "pe evaluate --real")
                .doesNotContain("not publish");
        assertThat(published)
                .as("a report that never knew of anything private")
                .isEqualTo(HtmlReport.published(all.insideGuarantee()));
        ParsedPage.of(whole).requireGoodManners();
    }

    @Test
    void zeroVotesNoRowsAndFiftyColumnsAreShown() throws Exception {
        List<String> columns =
                IntStream.range(0, 50).mapToObj(i -> "column_" + i).toList();
        RunReport run = Reports.plain(GUARANTEE, List.of(), new Table(columns, List.of(), 0));
        String html = HtmlReport.confidential(Reports.compared(run, Reports.comparison("c", 50)));
        assertThat(html)
                .contains("No vote was cast")
                .contains("There are no rows")
                .contains("Nothing was released");
        assertThat(ParsedPage.of(html).elements("figure")).hasSize(50);
        assertThat(html).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void aSingleVoteAndAllZeroFiguresAreDrawn() throws Exception {
        List<Vote> votes = List.of(new Vote(1, 0, 0, 0, 0));
        Table table = new Table(List.of("a"), List.of(List.of("1")), 1);
        String html = HtmlReport.published(Reports.plain(GUARANTEE, votes, table));
        assertThat(ParsedPage.of(html).elements("polyline")).hasSize(4);
        assertThat(html).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void epsilonIsRoundedUpAndNoiseDown() throws Exception {
        PrivacyStatement guarantee = Reports.guarantee(
                0.99991,
                1.23411e-7,
                List.of(
                        new StatedRelease("label counts", 20, 0.123411),
                        new StatedRelease("vote 1", 5.99999, 0.99991)));
        ParsedPage page = ParsedPage.of(HtmlReport.published(Reports.plain(guarantee, List.of(), NO_ROWS)));
        assertThat(page.texts("b")).containsExactly("1", "1.235e-7", "client", "replace-one", "2", "1");
        assertThat(page.texts("td")).containsExactly("20", "0.1235", "5.999", "1");
    }

    @Test
    void noNoiseIsSaidToGuaranteeNothingAndNotToBePublished() {
        PrivacyStatement guarantee = Reports.guarantee(
                Double.POSITIVE_INFINITY, 1e-5, List.of(new StatedRelease("vote 1", 0, Double.POSITIVE_INFINITY)));
        Vote vote = new Vote(1, 2, 1, 1, 1);
        String html = HtmlReport.published(Reports.plain(guarantee, List.of(vote), NO_ROWS));
        assertThat(html)
                .contains("nothing is guaranteed", "do not publish this file")
                .doesNotContain("differentially private:", "may be published", "Infinity", "NaN");
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
        ParsedPage page = ParsedPage.of(
                HtmlReport.confidential(Reports.compared(Reports.plain(GUARANTEE, List.of(), NO_ROWS), comparison)));
        assertThat(page.texts("title"))
                .hasSize(2 + MarginalChart.SHOWN_CATEGORIES)
                .contains("k7: real 40.0%, synthetic 3.2%", "20 others: real 40.0%, synthetic 64.5%");
    }

    /** A comparison whose every text and number can be recognised. */
    private static MarginalComparison planted() {
        return new MarginalComparison(
                List.of(new ColumnMarginal(
                        "planted column",
                        List.of(new Cell("planted cell", 0.777, 0.777)),
                        0.777,
                        Optional.of(new MarginalComparison.Numbers("planted", "planted", 0.777)))),
                List.of(
                        new MarginalComparison.LabelMarginal("planted label", 0.777, 0.777, 0.777),
                        new MarginalComparison.LabelMarginal("another planted label", 0.223, 0.223, 0.777)),
                0.777,
                7,
                7,
                0.777,
                OptionalDouble.of(0.777));
    }
}

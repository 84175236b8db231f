package org.privateevolution.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Correlations;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Measure;
import org.privateevolution.model.Evaluation.Question;
import org.privateevolution.model.Evaluation.Verdict;

class EvaluationReportTest {

    @Test
    void awkwardTextsStayTextsInsideAWellFormedDocument() throws Exception {
        for (String awkward : List.of("</style><script>x</script>", "]]> &amp; \u0000", "", "x".repeat(999))) {
            ParsedPage page = ParsedPage.of(EvaluationReport.of(awkward, Reports.evaluation(awkward)));
            assertThat(page.elements("script")).isEmpty();
            assertThat(page.texts("li")).contains(awkward.replace('\u0000', '\uFFFD'));
        }
    }

    @Test
    void readsPrintsAndListensWellWithoutANetwork() throws Exception {
        ParsedPage.of(EvaluationReport.of("customers", Reports.evaluation("plain")))
                .requireGoodManners();
    }

    @Test
    void everyQuestionThatHasAnAnswerIsASection() throws Exception {
        assertThat(headings(Reports.evaluation("plain")))
                .containsExactly(
                        "What was compared",
                        "Are they distributed like real ones?",
                        "Are the rows of clients like those of real ones?",
                        "Do models learn from them what holds for real ones?",
                        "Can a model tell them from real ones?",
                        "Do they repeat real ones?",
                        "What the numbers are");
        assertThat(headings(evaluation(List.of(), Optional.empty())))
                .containsExactly("What was compared", "What the numbers are");
    }

    @Test
    void aFigureStandsBesideWhatIsAttainableWithItsVerdictAndAdvice() throws Exception {
        Measure measure = new Measure("tvd", Question.FIDELITY, "Distance", "What it means.", false);
        Figure poor = new Figure(
                measure,
                "",
                0.5,
                OptionalDouble.of(0.125),
                OptionalDouble.of(0.01),
                Verdict.POOR,
                "Spend more epsilon.",
                false);
        String html = EvaluationReport.of("c", evaluation(List.of(poor), Optional.empty()));
        assertThat(html)
                .contains("<b>0.5 ± 0.01</b>", "class=\"verdict poor\">poor</span>", "A second real sample: 0.125")
                .contains("Spend more epsilon.", "What it means. Lower is better.", "a second real sample: 1 poor.")
                .contains("0.5, and a second real sample attains 0.125; lower is better");
        ParsedPage.of(html).requireGoodManners();
    }

    @Test
    void infiniteNegativeAndZeroFiguresAreDrawn() throws Exception {
        Measure measure = new Measure("r2", Question.USE, "R2", "Meaning.", true);
        List<Figure> figures =
                List.of(figure(measure, -3, 0.5), figure(measure, 0, 0), figure(measure, Double.POSITIVE_INFINITY, 1));
        String html = EvaluationReport.of("c", evaluation(figures, Optional.empty()));
        ParsedPage.of(html).requireGoodManners();
        assertThat(html).doesNotContain("NaN", "Infinity", "width=\"-");
    }

    @Test
    void associationsAreDrawnThriceAndTheWorstPairsAreListed() throws Exception {
        for (int columns : List.of(2, 12, 13, 40)) {
            List<String> names =
                    IntStream.range(0, columns).mapToObj(i -> "column " + i).toList();
            List<List<Double>> real = matrix(columns, 0.5);
            List<List<Double>> synthetic = matrix(columns, -0.25);
            ParsedPage page = ParsedPage.of(EvaluationReport.of(
                    "c", evaluation(List.of(), Optional.of(new Correlations(names, real, synthetic)))));
            page.requireGoodManners();
            assertThat(page.elements("svg")).hasSize(3);
            assertThat(page.elements("rect")).hasSize(3 * columns * columns);
            assertThat(page.texts("td").subList(0, 3)).containsExactly("0.500", "-0.250", "-0.750");
            assertThat(page.texts("desc").get(0))
                    .isEqualTo(columns + " columns; strongest between column 0 and column 1: 0.500");
        }
    }

    @Test
    void useSaysWhatIsKeptOfWhatRealRowsAdd() throws Exception {
        ParsedPage page = ParsedPage.of(EvaluationReport.of("c", Reports.evaluation("plain")));
        assertThat(page.elements("tr").stream()
                        .map(row -> row.getTextContent())
                        .filter(row -> row.contains("random forest") || row.contains("linear")))
                .containsExactly(
                        "plainrandom forestAUC0.7500.8750.50066.7%",
                        "plainlinearR2-0.5000.100––", "worthlesslinearR20.1000.2500.500–");
    }

    private static List<String> headings(Evaluation evaluation) throws Exception {
        return ParsedPage.of(EvaluationReport.of("c", evaluation)).texts("h2");
    }

    private static Figure figure(Measure measure, double value, double attainable) {
        return new Figure(
                measure, "", value, OptionalDouble.of(attainable), OptionalDouble.empty(), Verdict.FAIR, "", false);
    }

    private static List<List<Double>> matrix(int columns, double value) {
        return IntStream.range(0, columns)
                .mapToObj(i -> IntStream.range(0, columns)
                        .mapToObj(j -> i == j ? 1 : value)
                        .toList())
                .toList();
    }

    @Test
    void realImagesStandBesideSyntheticOnesUnderTheQuestionThatTheyAnswer() throws Exception {
        Evaluation images = new Evaluation(
                new Evaluation.Rows(3, 2, 1),
                Reports.evaluation("x").figures(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(new Evaluation.ImagePair(
                        Evaluation.Question.MEMORY, new byte[] {1, 2, 3}, new byte[] {4, 5, 6}, 0.0625)),
                List.of());
        String html = EvaluationReport.of("images", images);

        assertThat(html)
                .contains("lie closest to a real one", "distance 0.0625", "AQID", "BAUG")
                .contains("real image of pair 1", "Private: do not publish this file.")
                .doesNotContain("Some real images");
        ParsedPage.of(html).requireGoodManners();
    }

    private static Evaluation evaluation(List<Figure> figures, Optional<Correlations> correlations) {
        return new Evaluation(
                new Evaluation.Rows(3, 2, 1), figures, correlations, List.of(), Optional.empty(), List.of(), List.of());
    }
}

package org.privateevolution.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.report.RunComparison.ComparedFigure;
import org.privateevolution.report.RunComparison.Difference;
import org.privateevolution.report.RunComparison.Run;

class ComparisonReportTest {

    private static RunComparison comparison(String setting, String unit, boolean inside, String text) {
        return new RunComparison(
                List.of(
                        new Run("seed-1", "out/" + text + "/seed-1", 2, 1e-5, "record", "add-remove"),
                        new Run("seed-2", "out/" + text + "/seed-2", 2, 1e-5, unit, "add-remove")),
                List.of(new Difference(setting, List.of(Optional.of(text), Optional.empty()))),
                List.of(
                        new ComparedFigure("score", "", true, values(3, -1)),
                        new ComparedFigure(
                                "fid", text, inside, List.of(OptionalDouble.empty(), OptionalDouble.of(0)))));
    }

    private static List<OptionalDouble> values(double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> OptionalDouble.of(values[i]))
                .toList();
    }

    @Test
    void readsPrintsAndListensWellWithoutANetwork() throws Exception {
        for (String text : List.of("plain", "</style><script>", "\u0000]]>")) {
            for (boolean inside : new boolean[] {true, false}) {
                String html = ComparisonReport.of(text, comparison("x", "client", inside, text));
                ParsedPage page = ParsedPage.of(html);
                assertThat(page.elements("script")).isEmpty();
                assertThat(html).doesNotContain("NaN");
                if (text.equals("plain")) {
                    page.requireGoodManners();
                }
            }
        }
    }

    @Test
    void onlyWhatLiesInsideTheGuaranteeMayBePublished() {
        assertThat(ComparisonReport.of("c", comparison("x", "record", true, "t")))
                .contains("may be published");
        assertThat(ComparisonReport.of("c", comparison("x", "record", false, "t")))
                .contains("do not publish", "Outside the guarantee.")
                .doesNotContain("may be published");
        RunComparison unbounded = new RunComparison(
                List.of(new Run("a", "a", Double.POSITIVE_INFINITY, 1e-5, "record", "add-remove")),
                List.of(),
                List.of());
        assertThat(ComparisonReport.of("c", unbounded))
                .contains("Some runs guarantee nothing")
                .doesNotContain("may be published");
    }

    @Test
    void aSpreadIsShownOnlyWhereNothingButSeedAndPlacesDiffer() {
        assertThat(ComparisonReport.of("c", comparison("seed", "record", true, "t")))
                .contains("differ only in seed and noise", "mean 1, standard deviation 2.828");
        assertThat(ComparisonReport.of("c", comparison("privacy.epsilon", "record", true, "t")))
                .doesNotContain("standard deviation");
        assertThat(comparison("output.path", "record", true, "t").repeats())
                .as("the same run twice is no repeat")
                .isFalse();
        assertThat(comparison("seed", "client", true, "t").repeats()).isFalse();
    }

    @Test
    void differentUnitsAdjacenciesAndDeltasAreSaidOnTop() {
        assertThat(ComparisonReport.of("c", comparison("x", "client", true, "t")))
                .contains("different privacy units (record, client): their epsilons are not comparable.");
        RunComparison other = new RunComparison(
                List.of(
                        new Run("a", "a", 2, 1e-5, "record", "add-remove"),
                        new Run("a", "b", 2, 1e-6, "record", "replace-one")),
                List.of(),
                List.of());
        assertThat(other.cautions()).hasSize(2);
        assertThat(ComparisonReport.of("c", other)).contains("<th scope=\"row\">b</th>");
    }
}

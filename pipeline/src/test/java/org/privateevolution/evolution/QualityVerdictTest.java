package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;

class QualityVerdictTest {

    private static final String TABLE =
            """
            private_data: {format: csv, path: data.csv}
            labels: {column: l, values: [a, b]}
            privacy: {epsilon: 1, delta: 1e-5}
            tabular: {columns: [{name: x, type: double, min: 0, max: 1}, {name: y, type: integer, min: 0, max: 9}]}
            output: {path: out}
            """;

    private static final String VOTES =
            """
            private_data: {format: csv, path: data.csv}
            labels: {column: l, values: [a, b]}
            privacy: {noise_multiplier: 20, delta: 1e-5}
            evolution: {samples: 100, votes: 3, selection: sample}
            tabular: {columns: [{name: x, type: double, min: 0, max: 1}]}
            output: {path: out}
            """;

    private final RunSpec table = spec(TABLE);
    private final PrivacyPlan plan = PrivacyPlan.of(table);

    @Test
    void theOutlookIsRecordsAgainstNoiseWhereTheRunCounts() {
        // 20 cells of x and 10 of y, finer ones not counted; three marginals, labels included.
        NoiseOutlook outlook = NoiseOutlook.of(table, plan, 32_000);

        assertThat(outlook.records()).isEqualTo(32_000 / 2.0 / 15);
        assertThat(outlook.noise()).isEqualTo(plan.marginals().get(0) * Math.sqrt(3));
        assertThat(outlook.grade()).isEqualTo("clear");
        assertThat(outlook.mend()).isEmpty();
    }

    @Test
    void whatIsLostInNoiseIsSaidWithWhatWouldMendIt() {
        NoiseOutlook outlook = NoiseOutlook.of(table, plan, 32);

        assertThat(outlook.grade()).isEqualTo("mostly noise");
        assertThat(outlook.sentence())
                .contains("mostly noise. To improve this: epsilon ", " records, or ", "fewer cells");
        // What it asks for is fair, and a tenth less is not.
        double enough = 32 * outlook.noise() / outlook.records();
        assertThat(NoiseOutlook.of(table, plan, enough * 1.001).grade()).isEqualTo("fair");
        assertThat(NoiseOutlook.of(table, plan, enough * 0.9).grade()).startsWith("faint");
    }

    @Test
    void aRunOfVotesAloneIsJudgedByItsCandidates() {
        RunSpec votes = spec(VOTES);

        NoiseOutlook outlook = NoiseOutlook.of(votes, PrivacyPlan.of(votes), 1_000);

        assertThat(outlook.place()).isEqualTo("a candidate of a vote");
        assertThat(outlook.records()).isEqualTo(10);
        assertThat(outlook.noise()).isEqualTo(20);
        assertThat(outlook.mend()).get().asString().startsWith("about 2,000 records");
    }

    @Test
    void aLabelThatDoesNotRiseAboveTheNoiseIsNamed() {
        QualityVerdict verdict =
                QualityVerdict.of(table, plan, metrics(0.5, 290)).orElseThrow();

        assertThat(verdict.faintLabels()).containsExactly("b");
        assertThat(String.join("\n", verdict.sentences()))
                .contains(
                        "Labels with too few records to be visible through the noise: b.",
                        "by 0.50 nats per candidate");
        assertThat(QualityVerdict.of(table, plan, metrics(0.5, 310))
                        .orElseThrow()
                        .faintLabels())
                .isEmpty();
    }

    @Test
    void onlyTheLastThirdOfTheVotesIsJudged() {
        assertThat(QualityVerdict.of(table, plan, metrics(-1, 300))
                        .orElseThrow()
                        .sentences())
                .last()
                .isEqualTo("The last votes added little: the estimate predicted them no better than equal votes would"
                        + " have. That is usual if the column counts already describe the data.");
    }

    @Test
    void aRunWithoutScoresHasNoVerdict() {
        assertThat(QualityVerdict.of(table, plan, List.of())).isEmpty();
    }

    private static List<MetricValue> metrics(double lastScore, double recordsOfB) {
        List<MetricValue> metrics = new ArrayList<>();
        for (int vote = 1; vote <= 3; vote++) {
            metrics.add(new MetricValue(
                    vote, MetricValue.ALL_LABELS, QualityVerdict.SCORE, vote == 3 ? lastScore : 7, true));
        }
        metrics.add(new MetricValue(3, "a", QualityVerdict.RECORDS, 5_000, true));
        metrics.add(new MetricValue(3, "b", QualityVerdict.RECORDS, recordsOfB, true));
        metrics.add(new MetricValue(3, "a", QualityVerdict.RECORDS_NOISE, 100, true));
        metrics.add(new MetricValue(3, "b", QualityVerdict.RECORDS_NOISE, 100, true));
        return metrics;
    }

    private static RunSpec spec(String yaml) {
        return RunConfiguration.parse(yaml, "verdict.yaml", List.of());
    }
}

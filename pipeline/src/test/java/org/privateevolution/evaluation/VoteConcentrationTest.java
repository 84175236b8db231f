package org.privateevolution.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VoteConcentrationTest {

    @Test
    void equalVotesCountAllOfTheirCandidates() {
        double[] votes = new double[101];
        Arrays.fill(votes, 0, 37, 4.5);
        Arrays.fill(votes, 37, 101, -4.5);
        VoteConcentration concentration = VoteConcentration.of(votes, Double.NaN);
        assertThat(concentration.candidates()).isEqualTo(101);
        assertThat(concentration.survivors()).isEqualTo(37);
        assertThat(concentration.effectiveSampleSize()).isCloseTo(37, within(1e-9));
    }

    @Test
    void theThresholdIsTakenOffFirst() {
        VoteConcentration concentration = VoteConcentration.of(new double[] {5, 4, 2, 1.5}, 2);
        assertThat(concentration.survivors()).isEqualTo(2);
        // weights 3 and 2: 25 / 13
        assertThat(concentration.effectiveSampleSize()).isCloseTo(25 / 13.0, within(1e-12));
    }

    @Test
    void noVotesAboveTheThresholdLeaveNobody() {
        for (double[] votes : new double[][] {{}, {0, 0}, {-1, -2}}) {
            assertThat(VoteConcentration.of(votes, 0)).isEqualTo(new VoteConcentration(votes.length, 0, 0));
        }
    }

    @Test
    void extremeVotesStayFinite() {
        assertThat(VoteConcentration.of(new double[] {1e300, 1e300}, 0).effectiveSampleSize())
                .isEqualTo(2);
        assertThat(VoteConcentration.of(new double[] {1e-300, 1e-300}, 0).effectiveSampleSize())
                .isEqualTo(2);
    }

    @Test
    void itsMetricsAreInsideTheGuarantee() {
        assertThat(VoteConcentration.of(new double[] {3, 1}, 0).metrics(4, "a"))
                .allMatch(metric -> metric.insideGuarantee()
                        && metric.iteration() == 4
                        && metric.label().equals("a"))
                .extracting(MetricValue::metric)
                .containsExactly("candidates", "survivors", "effective_sample_size");
    }
}

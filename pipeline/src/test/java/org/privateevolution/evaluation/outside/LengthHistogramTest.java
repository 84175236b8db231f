package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.MetricValue;

class LengthHistogramTest {

    @Test
    void distanceIsTheWordsToMovePerText() {
        // scipy.stats.wasserstein_distance([3, 3, 1, 10], [2, 3, 5]) = 1.75
        LengthHistogram a = lengths(3, 3, 1, 10);
        LengthHistogram b = lengths(2, 3, 5);
        assertThat(a.wasserstein(b)).isCloseTo(1.75, within(1e-12));
        assertThat(b.wasserstein(a)).isCloseTo(1.75, within(1e-12));
        assertThat(a.wasserstein(lengths(10, 1, 3, 3, 3, 3, 10, 1))).isCloseTo(0, within(1e-12));
        assertThat(lengths(0).wasserstein(lengths(7))).isEqualTo(7);
    }

    @Test
    void partsMergeInAnyOrder() {
        LengthHistogram whole = lengths(3, 3, 1, 10);
        LengthHistogram parts = lengths(10);
        parts.merge(lengths(1, 3));
        parts.merge(new LengthHistogram());
        parts.merge(lengths(3));
        assertThat(parts.wasserstein(whole)).isEqualTo(0);
    }

    @Test
    void refusesNothingToCompare() {
        assertThatThrownBy(() -> lengths(3).wasserstein(new LengthHistogram())).hasMessageContaining("no texts");
    }

    @Test
    void comparisonsAreOutsideTheGuarantee() {
        List<MetricValue> metrics = new TextComparison(1.5, new PrecisionRecall(0.25, 0.5), 0.75, 2).metrics(4, "mail");
        assertThat(metrics).noneMatch(MetricValue::insideGuarantee);
        assertThat(metrics)
                .extracting(MetricValue::metric)
                .containsExactly("fid", "precision", "recall", "mauve", "wasserstein_words");
        assertThat(metrics).extracting(MetricValue::value).containsExactly(1.5, 0.25, 0.5, 0.75, 2.0);
    }

    private static LengthHistogram lengths(int... words) {
        LengthHistogram histogram = new LengthHistogram();
        for (int count : words) {
            histogram.add("tide ".repeat(count));
        }
        return histogram;
    }
}

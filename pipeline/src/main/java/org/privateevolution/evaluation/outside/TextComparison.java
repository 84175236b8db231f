package org.privateevolution.evaluation.outside;

import java.util.List;
import org.privateevolution.model.MetricValue;

/**
 * A comparison of synthetic texts with private ones, OUTSIDE the guarantee.
 *
 * @param frechetDistance see {@link FrechetDistance}
 * @param precisionRecall see {@link PrecisionRecall}
 * @param mauve see {@link Mauve}
 * @param lengthDistance in words, see {@link LengthHistogram#wasserstein}
 */
public record TextComparison(
        double frechetDistance, PrecisionRecall precisionRecall, double mauve, double lengthDistance) {

    /**
     * The metrics {@code fid}, {@code precision}, {@code recall}, {@code mauve} and {@code wasserstein_words}.
     *
     * @param label the label of all compared texts, or {@link MetricValue#ALL_LABELS}
     */
    public List<MetricValue> metrics(int iteration, String label) {
        return List.of(
                new MetricValue(iteration, label, "fid", frechetDistance, false),
                new MetricValue(iteration, label, "precision", precisionRecall.precision(), false),
                new MetricValue(iteration, label, "recall", precisionRecall.recall(), false),
                new MetricValue(iteration, label, "mauve", mauve, false),
                new MetricValue(iteration, label, "wasserstein_words", lengthDistance, false));
    }
}

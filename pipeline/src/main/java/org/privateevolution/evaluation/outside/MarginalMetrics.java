package org.privateevolution.evaluation.outside;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.MarginalComparison.LabelMarginal;
import org.privateevolution.model.MetricValue;

/** Turns a comparison of marginals into metrics, all of them outside the guarantee. */
public final class MarginalMetrics {

    private static final String ALL_LABELS = MetricValue.ALL_LABELS;

    private MarginalMetrics() {}

    /**
     * The averages first, then each label, then each column: {@code tvd_1way}, {@code tvd_2way}, {@code tvd_labels},
     * {@code tvd:COLUMN} and, for numeric columns, {@code wasserstein:COLUMN}.
     */
    public static List<MetricValue> of(int iteration, MarginalComparison comparison) {
        List<MetricValue> metrics = new ArrayList<>();
        metrics.add(metric(iteration, ALL_LABELS, "tvd_1way", comparison.oneWay()));
        comparison.twoWay().ifPresent(value -> metrics.add(metric(iteration, ALL_LABELS, "tvd_2way", value)));
        if (comparison.labels().size() > 1) {
            metrics.add(metric(iteration, ALL_LABELS, "tvd_labels", comparison.labelTotalVariation()));
            for (LabelMarginal label : comparison.labels()) {
                metrics.add(metric(iteration, label.label(), "tvd_1way", label.oneWay()));
            }
        }
        for (ColumnMarginal column : comparison.columns()) {
            metrics.add(metric(iteration, ALL_LABELS, "tvd:" + column.column(), column.totalVariation()));
            column.numbers()
                    .ifPresent(numbers -> metrics.add(
                            metric(iteration, ALL_LABELS, "wasserstein:" + column.column(), numbers.wasserstein())));
        }
        return metrics;
    }

    private static MetricValue metric(int iteration, String label, String name, double value) {
        return new MetricValue(iteration, label, name, value, false);
    }
}

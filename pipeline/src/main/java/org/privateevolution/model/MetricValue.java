package org.privateevolution.model;

import java.util.Objects;

/**
 * One measured figure.
 *
 * @param label label name, or {@link #ALL_LABELS}
 * @param insideGuarantee whether the figure follows from released data alone; if not, publishing it spends privacy that
 *     no budget accounts for
 */
public record MetricValue(int iteration, String label, String metric, double value, boolean insideGuarantee) {
    /** In place of a label: the figure is about all of them together. */
    public static final String ALL_LABELS = "";

    public MetricValue {
        Objects.requireNonNull(label, "label");
        if (metric.isBlank()) {
            throw new IllegalArgumentException("a metric has no name");
        }
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("metric " + metric + " of iteration " + iteration + " is not a number");
        }
    }
}

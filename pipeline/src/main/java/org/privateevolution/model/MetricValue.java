package org.privateevolution.model;

import java.util.Objects;

/**
 * A measured figure.
 *
 * @param label label name, or {@link #ALL_LABELS}
 * @param insideGuarantee whether the figure follows from released data alone; if not, publishing it spends privacy that
 *     no budget accounts for
 */
public record MetricValue(int iteration, String label, String metric, double value, boolean insideGuarantee) {
    /** Takes the place of a label where the figure covers all labels together. */
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

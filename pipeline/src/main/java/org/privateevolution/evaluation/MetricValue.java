package org.privateevolution.evaluation;

/**
 * One figure of a run.
 *
 * @param iteration number of votes that came before
 * @param label name of the label it is about; empty for all labels together
 * @param metric its name
 * @param value any number but NaN
 * @param insideGuarantee whether it was drawn from released figures alone; if not, it must not be published
 */
public record MetricValue(int iteration, String label, String metric, double value, boolean insideGuarantee) {
    public MetricValue {
        if (metric.isBlank()) {
            throw new IllegalArgumentException("a metric has no name");
        }
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("metric " + metric + " of iteration " + iteration + " is not a number");
        }
    }
}

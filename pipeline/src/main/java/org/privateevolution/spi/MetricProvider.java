package org.privateevolution.spi;

/**
 * Adds a metric of synthetic samples only: an entry of {@code evaluation.metrics}. Its figures are inside the
 * guarantee.
 */
public interface MetricProvider extends Extension {

    /**
     * Checks the options. Must not open anything, because it is called whenever a configuration is read.
     *
     * @throws OptionException if the options are invalid
     */
    SyntheticMetric create(Options options);
}

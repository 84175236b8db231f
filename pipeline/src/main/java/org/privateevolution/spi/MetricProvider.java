package org.privateevolution.spi;

/** Adds a metric of synthetic samples alone: an entry of {@code evaluation.metrics}. Its figures are inside the guarantee. */
public interface MetricProvider extends Extension {

    /**
     * Checks the options; opens nothing, because it is called whenever a configuration is read.
     *
     * @throws OptionException if they do not fit
     */
    SyntheticMetric create(Options options);
}

package org.privateevolution.spi.spark;

import org.privateevolution.spi.Extension;
import org.privateevolution.spi.Options;

/**
 * Adds a metric that compares with private data: an entry of {@code evaluation.metrics}, OUTSIDE the guarantee. It
 * requires {@code evaluation.private_metrics: true}.
 */
public interface OutsideMetricProvider extends Extension {

    /**
     * Checks the options. Must not open anything, because it is called whenever a configuration is read.
     *
     * @throws org.privateevolution.spi.OptionException if the options are invalid
     */
    OutsideMetric create(Options options);
}

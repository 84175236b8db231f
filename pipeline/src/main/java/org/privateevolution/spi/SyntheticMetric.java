package org.privateevolution.spi;

import java.util.Map;

/** Measures synthetic samples. It sees nothing else, so its figures are inside the guarantee. */
public interface SyntheticMetric {

    /**
     * Measures the samples of one iteration, on the driver.
     *
     * @return finite figures by name; each name is prefixed with the extension's name, and {@code ""} stands for the
     *     extension's name alone
     */
    Map<String, Double> measure(SyntheticSamples samples);
}

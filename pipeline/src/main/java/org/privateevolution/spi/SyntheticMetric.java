package org.privateevolution.spi;

import java.util.Map;

/** Measures synthetic samples. It sees nothing else, so its figures are inside the guarantee. */
public interface SyntheticMetric {

    /**
     * Measures the samples of one iteration, on the driver.
     *
     * @return finite figures by name; the extension's name goes before each, and stands alone for the name {@code ""}
     */
    Map<String, Double> measure(SyntheticSamples samples);
}

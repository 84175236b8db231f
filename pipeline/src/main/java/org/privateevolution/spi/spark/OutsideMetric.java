package org.privateevolution.spi.spark;

import java.util.Map;
import org.privateevolution.spi.SyntheticSamples;

/** Compares synthetic samples with private records. Its figures are OUTSIDE the guarantee, and marked so. */
public interface OutsideMetric {

    /**
     * Measures the samples of one iteration, on the driver.
     *
     * @return finite figures by name; the extension's name goes before each, and stands alone for the name {@code ""}
     */
    Map<String, Double> measure(SyntheticSamples samples, PrivateRecords privateRecords);
}

package org.privateevolution.spi.spark;

import java.util.Map;
import org.privateevolution.spi.SyntheticSamples;

/** Compares synthetic samples with private records. Its figures are OUTSIDE the guarantee and marked as such. */
public interface OutsideMetric {

    /**
     * Measures the samples of one iteration, on the driver.
     *
     * @return finite figures by name; each name is prefixed with the extension's name, and {@code ""} stands for the
     *     extension's name alone
     */
    Map<String, Double> measure(SyntheticSamples samples, PrivateRecords privateRecords);
}

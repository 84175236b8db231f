package org.privateevolution.extension;

import java.util.Map;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.spark.OutsideMetric;
import org.privateevolution.spi.spark.OutsideMetricProvider;

/** An extension that compares the number of synthetic samples with that of private records, outside the guarantee. */
public final class Share implements OutsideMetricProvider {

    @Override
    public String name() {
        return "share";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public OutsideMetric create(Options options) {
        boolean fails = options.flag("fails", false);
        return (samples, records) -> {
            if (fails) {
                throw new IllegalStateException(
                        "cannot compare with " + records.rows().first());
            }
            int dimension = samples.embedder().dimension();
            return Map.of(
                    "records", (double) records.rows().count(),
                    "columns", (double) records.rows().columns().length,
                    "vectors", (double) records.vectors(5).length / dimension);
        };
    }
}

package org.privateevolution.extension;

import java.util.Map;
import org.privateevolution.spi.MetricProvider;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.SyntheticMetric;

/** An extension that counts samples. */
public final class Size implements MetricProvider {

    @Override
    public String name() {
        return "size";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public SyntheticMetric create(Options options) {
        boolean fails = options.flag("fails", false);
        return samples -> {
            if (fails) {
                throw new IllegalStateException("cannot count");
            }
            return Map.of(
                    "", (double) samples.samples().size(),
                    "floats", (double) samples.embedder().embed(samples.payloads()).length);
        };
    }
}

package org.privateevolution.run;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.MetricProvider;

/** The conditions on extensions under which the guarantee holds: foreign code can do more than it is asked to. */
final class ForeignConditions {

    private ForeignConditions() {}

    static List<String> of(RunSpec spec) {
        List<String> conditions = new ArrayList<>();
        RunSpec.PrivateData data = spec.privateData();
        if (data.isExtension()) {
            conditions.add("the format " + data.format() + " " + data.formatVersion()
                    + ", an extension, gives each private record once: none torn, merged, doubled or left out");
        }
        spec.modality()
                .foreignEmbedder()
                .ifPresent(embedder -> conditions.add("the embedder " + named(embedder)
                        + " makes each vector of its own record alone, and remembers nothing of others"));
        spec.modality()
                .foreignGenerator()
                .ifPresent(generator -> conditions.add("the generator " + named(generator)
                        + " reads nothing but what it is given, which is not private"));
        // The figures of all other metrics are marked as outside the guarantee.
        Extensions<MetricProvider> inside = Extensions.of(MetricProvider.class);
        for (ExtensionSpec metric : spec.evaluation().metrics()) {
            if (inside.has(metric.name())) {
                conditions.add(
                        "the metric " + named(metric) + " reads nothing but the synthetic samples that it is given");
            }
        }
        return conditions;
    }

    private static String named(ExtensionSpec extension) {
        return extension.name() + " " + extension.version() + ", an extension,";
    }

    private static String named(ForeignGenerator generator) {
        return generator instanceof ForeignGenerator.Named named
                ? named(named.extension())
                : ((ForeignGenerator.Given) generator).name() + ", which the program gave,";
    }
}

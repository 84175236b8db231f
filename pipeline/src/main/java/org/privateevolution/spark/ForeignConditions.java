package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;

/** What has to hold of extensions for the guarantee to hold: code of others can do more than it is asked for. */
final class ForeignConditions {

    private ForeignConditions() {}

    static List<String> of(RunSpec spec) {
        List<String> conditions = new ArrayList<>();
        RunSpec.PrivateData data = spec.privateData();
        if (data.isExtension()) {
            conditions.add("the format " + data.format() + " " + data.formatVersion()
                    + ", an extension, gives each private record once: none torn, merged, doubled or left out");
        }
        if (spec.modality() instanceof TextSpec text) {
            text.embedding().extension().ifPresent(embedder -> conditions.add(condition(embedder)));
        } else if (spec.modality() instanceof ImageSpec images
                && images.embedding() instanceof ImageSpec.ExtensionEmbedding foreign) {
            conditions.add(condition(foreign.extension()));
        }
        ForeignGeneration.declared(spec)
                .ifPresent(generator -> conditions.add("the generator " + named(generator)
                        + " reads nothing but what it is given, which is not private"));
        return conditions;
    }

    private static String condition(ExtensionSpec embedder) {
        return "the embedder " + named(embedder)
                + " makes each vector of its own record alone, and remembers nothing of others";
    }

    private static String named(ForeignGenerator generator) {
        return generator instanceof ExtensionSpec extension
                ? extension.name() + " " + extension.version() + ", an extension,"
                : ((ForeignGenerator.Given) generator).name() + ", which the program gave,";
    }
}

package org.privateevolution.run;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.RunSpec;

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
        spec.modality().foreignEmbedder().ifPresent(embedder -> conditions.add(condition(embedder)));
        spec.modality()
                .foreignGenerator()
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

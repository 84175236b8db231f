package org.privateevolution.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ForeignGenerator;

/** An extension in a {@link CanonicalConfiguration}. */
final class ExtensionTree {

    private ExtensionTree() {}

    static Map<String, Object> of(ForeignGenerator generator) {
        return generator instanceof ExtensionSpec extension
                ? of(extension)
                : Map.of(ExtensionReader.GIVEN, ((ForeignGenerator.Given) generator).name());
    }

    static Map<String, Object> of(ExtensionSpec extension) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(ExtensionReader.NAME, extension.name());
        map.put(ExtensionReader.VERSION, extension.version());
        map.put(ExtensionReader.OPTIONS, extension.options());
        return map;
    }
}

package org.privateevolution.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A class of somebody else's jar, named in the configuration.
 *
 * @param version that the extension states of itself; results depend on it
 * @param options by name, each a text or a list of texts
 */
public record ExtensionSpec(String name, String version, Map<String, Object> options) {

    public ExtensionSpec {
        Map<String, Object> copy = new TreeMap<>();
        options.forEach(
                (option, value) -> copy.put(option, value instanceof List<?> texts ? List.copyOf(texts) : value));
        options = Collections.unmodifiableMap(copy);
    }
}

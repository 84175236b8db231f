package org.privateevolution.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An extension from another project's jar, as the configuration names it.
 *
 * @param version version that the extension states; results depend on it
 * @param options by name; each value is a text or a list of texts
 */
public record ExtensionSpec(String name, String version, Map<String, Object> options) {

    public ExtensionSpec {
        Map<String, Object> copy = new TreeMap<>();
        options.forEach(
                (option, value) -> copy.put(option, value instanceof List<?> texts ? List.copyOf(texts) : value));
        options = Collections.unmodifiableMap(copy);
    }
}

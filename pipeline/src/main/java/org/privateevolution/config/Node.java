package org.privateevolution.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of a parsed configuration text. Scalars stay text until the type of their setting decides what they are:
 * {@code NO} is a country, {@code 1e-5} a number, {@code 1910-01-01} a date.
 */
sealed interface Node {

    /** Where the piece was written, as a suffix for messages: a space, then the position in brackets. */
    String origin();

    /** @param text as written, without quotes; null for a null */
    record Scalar(String text, String origin) implements Node {}

    record Items(List<Node> nodes, String origin) implements Node {
        public Items {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * @param entries in the order of the text
     * @param keyOrigins where each key was written
     */
    record Mapping(Map<String, Node> entries, Map<String, String> keyOrigins, String origin) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            keyOrigins = Map.copyOf(keyOrigins);
        }

        static Mapping empty(String origin) {
            return new Mapping(Map.of(), Map.of(), origin);
        }

        Mapping with(String key, Node value) {
            Map<String, Node> changed = new LinkedHashMap<>(entries);
            changed.put(key, value);
            Map<String, String> origins = new LinkedHashMap<>(keyOrigins);
            origins.put(key, value.origin());
            return new Mapping(changed, origins, origin);
        }
    }

    /** Whether the value is absent: a null counts as an absent key. */
    static boolean isNull(Node node) {
        return node == null || (node instanceof Scalar scalar && scalar.text() == null);
    }
}

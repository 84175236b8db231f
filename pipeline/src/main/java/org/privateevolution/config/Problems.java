package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is reported at once. */
final class Problems {

    private static final int SHOWN_CHARACTERS = 80;

    private final List<String> lines = new ArrayList<>();

    /** The key has a value that it must not have. */
    void refused(String path, Node value, String rule) {
        lines.add(path + ": " + shown(value) + " is not allowed: " + rule + value.origin());
    }

    /** The key has no value. */
    void missing(String path, String rule) {
        lines.add(path + " is missing: " + rule);
    }

    /** Anything else about a key. */
    void add(String path, String problem) {
        lines.add(path + ": " + problem);
    }

    int count() {
        return lines.size();
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new ConfigurationException(lines);
        }
    }

    private static String shown(Node value) {
        if (value instanceof Node.Items) {
            return "a list";
        }
        if (value instanceof Node.Mapping) {
            return "a map";
        }
        String text = ((Node.Scalar) value).text();
        if (text == null) {
            return "null";
        }
        String line = text.replaceAll("\\p{Cc}+", " ");
        if (line.isBlank()) {
            return "\"" + line + "\"";
        }
        return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "...";
    }
}

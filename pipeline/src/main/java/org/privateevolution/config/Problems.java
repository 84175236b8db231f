package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;

/** Collects all problems of a configuration, so that they are reported together. */
final class Problems {

    private static final int SHOWN_CHARACTERS = 80;

    private record Problem(String path, String line) {}

    private final List<Problem> problems = new ArrayList<>();

    /** Notes that a key has a value that is not allowed. */
    void refused(String path, Node value, String rule) {
        add(path, shown(value) + " is not allowed: " + rule + value.origin());
    }

    /** Notes that a key has no value. */
    void missing(String path, String rule) {
        problems.add(new Problem(path, path + " is missing: " + rule));
    }

    /** Notes any other problem of a key. */
    void add(String path, String problem) {
        problems.add(new Problem(path, path + ": " + problem));
    }

    /** Whether a problem has been noted for this path or for anything below it. */
    boolean concern(String path) {
        return problems.stream()
                .anyMatch(problem -> path.isEmpty()
                        || problem.path().equals(path)
                        || problem.path().startsWith(path + "."));
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(
                    problems.stream().map(Problem::line).toList());
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

package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is reported at once. */
final class Problems {

    private static final int SHOWN_CHARACTERS = 80;

    private record Problem(String path, String line) {}

    private final List<Problem> problems = new ArrayList<>();

    /** The key has a value that it must not have. */
    void refused(String path, Node value, String rule) {
        add(path, shown(value) + " is not allowed: " + rule + value.origin());
    }

    /** The key has no value. */
    void missing(String path, String rule) {
        problems.add(new Problem(path, path + " is missing: " + rule));
    }

    /** Anything else about a key. */
    void add(String path, String problem) {
        problems.add(new Problem(path, path + ": " + problem));
    }

    /** Whether something is wrong with what has this path, or with anything in it. */
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

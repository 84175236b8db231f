package org.privateevolution.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects all problems of a configuration, so that they are reported together. */
final class Problems {

    private static final int SHOWN_CHARACTERS = 80;

    private record Problem(String path, String line, boolean missing) {}

    private final List<Problem> problems = new ArrayList<>();

    /** Paths that misspelt keys probably stand for. */
    private final Set<String> meant = new HashSet<>();

    /** Notes that a key has a value that is not allowed. */
    void refused(String path, Node value, String rule) {
        add(path, shown(value) + " is not allowed: " + rule + value.origin());
    }

    /** Notes that a key has no value. */
    void missing(String path, String rule) {
        problems.add(new Problem(path, path + " is missing: " + rule, true));
    }

    /** Notes any other problem of a key. */
    void add(String path, String problem) {
        problems.add(new Problem(path, path + ": " + problem, false));
    }

    /** Notes that a misspelt key probably stands for the key at this path, which is then not reported as missing. */
    void meant(String path) {
        meant.add(path);
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
            throw new ConfigurationException(problems.stream()
                    .filter(problem -> !(problem.missing() && isMeant(problem.path())))
                    .map(Problem::line)
                    .toList());
        }
    }

    /** Whether a misspelt key probably stands for this path or for a section that holds it. */
    private boolean isMeant(String path) {
        return meant.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "."));
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

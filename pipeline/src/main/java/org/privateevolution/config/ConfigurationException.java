package org.privateevolution.config;

import java.util.List;

/** A configuration that cannot be run. Its message has one line a problem. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), lines(problems)));
        this.problems = lines(problems);
    }

    /** What is wrong, one line each: the key, the value, and what to change. */
    public List<String> problems() {
        return problems;
    }

    /** A key may hold what would steer a terminal. */
    private static List<String> lines(List<String> problems) {
        return problems.stream()
                .map(problem -> problem.replaceAll("\\p{Cc}+", " "))
                .toList();
    }
}

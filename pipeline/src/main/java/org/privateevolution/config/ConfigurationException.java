package org.privateevolution.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be run. Its message has one line a problem. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(List<String> problems) {
        super(problems.stream().map(ConfigurationException::line).collect(Collectors.joining(System.lineSeparator())));
    }

    /** What is wrong, one line each: the key, the value, and what to change. */
    public List<String> problems() {
        return getMessage().lines().toList();
    }

    /** A key may hold what would steer a terminal. */
    private static String line(String problem) {
        return problem.replaceAll("\\p{Cc}+", " ");
    }
}

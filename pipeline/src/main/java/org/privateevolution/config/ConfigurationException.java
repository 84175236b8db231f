package org.privateevolution.config;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Thrown for a configuration that cannot be run. The message has one line per problem; its length is limited to what a
 * person can read.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN_PROBLEMS = 24;
    private static final int SHOWN_CHARACTERS = 800;

    /** The cause, for programs that must react to it. People read the message. */
    public enum Reason {
        /** The configuration file cannot be read. */
        NO_FILE,

        /** The output location holds a run of another configuration. */
        OTHER_RUN,

        /** The run cannot work on this machine, or with these versions of other software. */
        PLATFORM,

        /** A location cannot be written, or is already in use. */
        PLACE,

        /** A key, a value or an option is wrong. */
        OTHER
    }

    private final Reason reason;

    public ConfigurationException(List<String> problems) {
        this(Reason.OTHER, problems);
    }

    public ConfigurationException(Reason reason, List<String> problems) {
        super(Stream.concat(
                        problems.stream().limit(SHOWN_PROBLEMS).map(ConfigurationException::line),
                        Stream.of(problems.size() - SHOWN_PROBLEMS)
                                .filter(hidden -> hidden > 0)
                                .map(hidden -> "and " + hidden + " more problems, which are reported once these"
                                        + " are corrected"))
                .collect(Collectors.joining(System.lineSeparator())));
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Returns one line per problem, with the key, the value, and what to change. */
    public List<String> problems() {
        return getMessage().lines().toList();
    }

    /** Removes control characters, because a key may hold characters that would steer a terminal. */
    private static String line(String problem) {
        String line = problem.replaceAll("\\p{Cc}+", " ");
        return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "...";
    }
}

package org.privateevolution.jobs;

import java.util.List;
import org.privateevolution.config.ConfigurationException;

/**
 * The message of an error, without private values.
 *
 * @param kind {@code USAGE}, {@code PRIVATE_DATA}, {@code PRIVACY}, {@code STORAGE}, {@code GENERATION} or
 *     {@code INTERNAL}
 * @param code stable, such as {@code PE-301}: {@code pe explain} says what it means
 * @param lines one per problem
 */
public record Failure(String kind, String code, List<String> lines) {

    public Failure {
        lines = List.copyOf(lines);
    }

    /** The message of {@code error}: that of the first cause of a known kind, or of the error itself. */
    public static Failure of(Throwable error) {
        Throwable known = known(error);
        ErrorCode code = ErrorCode.of(known);
        if (known instanceof ConfigurationException configuration) {
            return of(code, configuration.problems());
        }
        if (code == ErrorCode.INTERNAL) {
            // The message of an unexpected error may quote a private value.
            return of(
                    code,
                    List.of("internal error, " + error.getClass().getName() + place(error)
                            + ": its message may contain private values and is not shown"));
        }
        return of(code, List.of(oneLine(known.getMessage())));
    }

    private static Failure of(ErrorCode code, List<String> lines) {
        return new Failure(code.exitCode().name(), code.code(), lines);
    }

    ExitCode exitCode() {
        return ExitCode.valueOf(kind);
    }

    static String oneLine(String message) {
        return message == null ? "no reason given" : message.replaceAll("\\s*\\R\\s*", " ");
    }

    private static Throwable known(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (ErrorCode.of(cause) != ErrorCode.INTERNAL) {
                return cause;
            }
        }
        return error;
    }

    private static String place(Throwable e) {
        return List.of(e.getStackTrace()).stream()
                .filter(frame -> frame.getClassName().startsWith("org.privateevolution"))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }
}

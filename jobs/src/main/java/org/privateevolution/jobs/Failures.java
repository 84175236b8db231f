package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.List;
import org.privateevolution.config.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, in one line a problem, on standard error. */
final class Failures {

    private Failures() {}

    /** The command line itself is wrong. */
    static int usage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String message = oneLine(e.getMessage()).replaceFirst("^Error: ", "");
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            message += "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
        }
        print(command, message + " (" + command.getCommandSpec().qualifiedName() + " --help)");
        return ExitCode.USAGE.code();
    }

    /** The command failed. */
    static int report(Exception e, CommandLine command, boolean stacktrace) {
        Throwable known = known(e);
        ExitCode exitCode = ExitCode.of(known);
        if (known instanceof ConfigurationException configuration) {
            configuration.problems().forEach(problem -> print(command, problem));
        } else if (exitCode == ExitCode.INTERNAL) {
            // The message of an unforeseen error may quote what it stumbled over.
            print(
                    command,
                    "internal error, " + e.getClass().getName() + place(e)
                            + ": its message may hold private values and is not shown; --stacktrace shows it");
        } else {
            print(command, oneLine(known.getMessage()));
        }
        if (stacktrace) {
            PrintWriter err = command.getErr();
            e.printStackTrace(err);
            err.flush();
        }
        return exitCode.code();
    }

    /** The first error of a known kind among the causes; the error itself if there is none. */
    private static Throwable known(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (ExitCode.of(cause) != ExitCode.INTERNAL) {
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

    private static void print(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        err.println("pe: " + message);
        err.flush();
    }

    private static String oneLine(String message) {
        return message == null ? "no reason given" : message.replaceAll("\\s*\\R\\s*", " ");
    }
}

package org.privateevolution.jobs;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, in one line a problem, on standard error. */
final class Failures {

    private Failures() {}

    /** The command line itself is wrong. */
    static int usage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String message = Failure.oneLine(e.getMessage()).replaceFirst("^Error: ", "");
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            message += "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
        }
        print(command, message + " (" + command.getCommandSpec().qualifiedName() + " --help)");
        return ExitCode.USAGE.code();
    }

    /** The command failed. */
    static int report(Exception e, CommandLine command, boolean stacktrace) {
        if (Interruption.isUnderWay()) {
            return ExitCode.INTERNAL.code();
        }
        Failure failure = Failure.of(e);
        String advice = failure.exitCode() == ExitCode.INTERNAL ? "; --stacktrace shows it" : "";
        failure.lines().forEach(line -> print(command, line + advice));
        if (command.getCommand() instanceof RunCommand run) {
            run.failed(failure);
            run.resumeAdvice().ifPresent(line -> print(command, line));
        }
        if (stacktrace) {
            PrintWriter err = command.getErr();
            e.printStackTrace(err);
            err.flush();
        }
        return failure.exitCode().code();
    }

    private static void print(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        err.println("pe: " + message);
        err.flush();
    }
}

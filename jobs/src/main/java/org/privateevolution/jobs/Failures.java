package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints what went wrong on standard error, one message per problem. */
final class Failures {

    private static final String MARK = "pe:";

    private Failures() {}

    /** The command line itself is wrong. */
    static int usage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        // An option may be missing because it is misspelt.
        List<String> unknown = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched()
                : command.getUnmatchedArguments();
        String message = !unknown.isEmpty()
                ? UnknownWord.of(unknown.get(0), command).message(help)
                : WrongUsage.of(e) + " (see " + help + ")";
        print(command, "[" + ErrorCode.COMMAND_LINE.code() + "] " + message);
        return ExitCode.USAGE.code();
    }

    /** The command failed. */
    static int report(Exception e, CommandLine command, boolean stacktrace) {
        if (Interruption.isUnderWay()) {
            return ExitCode.INTERNAL.code();
        }
        Failure failure = Failure.of(e);
        String advice = failure.exitCode() == ExitCode.INTERNAL ? "; add --stacktrace to see it" : "";
        failure.lines().forEach(line -> print(command, "[" + failure.code() + "] " + line + advice));
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
        err.print(Pe.of(command.getCommandSpec()).errorMark(MARK) + " ");
        err.print(WrappedText.message(message, MARK.length() + 1));
        err.flush();
    }
}

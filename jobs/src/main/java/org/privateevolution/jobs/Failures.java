package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, one line per problem, on standard error. */
final class Failures {

    private Failures() {}

    /** The command line itself is wrong. */
    static int usage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        // What picocli misses may be what a misspelt option was meant to give.
        List<String> unknown = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched()
                : command.getUnmatchedArguments();
        String message = !unknown.isEmpty()
                ? UnknownWord.of(unknown.get(0), command).message(help)
                : Failure.oneLine(e.getMessage()).replaceFirst("^Error: ", "") + " (" + help + ")";
        print(command, "[" + ErrorCode.COMMAND_LINE.code() + "] " + message);
        return ExitCode.USAGE.code();
    }

    /** The command failed. */
    static int report(Exception e, CommandLine command, boolean stacktrace) {
        if (Interruption.isUnderWay()) {
            return ExitCode.INTERNAL.code();
        }
        Failure failure = Failure.of(e);
        String advice = failure.exitCode() == ExitCode.INTERNAL ? "; --stacktrace shows it" : "";
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
        err.println(Pe.of(command.getCommandSpec()).errorMark("pe:") + " " + message);
        err.flush();
    }
}

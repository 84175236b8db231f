package org.privateevolution.jobs;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pe explain}: prints the cause and remedy of an error code. */
@Command(
        name = "explain",
        header = "Explain an error code, such as PE-301.",
        description = {
            "Explain an error code: the cause of the error, and the remedy.",
            "",
            "Every error message begins with its code in brackets, such as [PE-301]. Without a code, all codes"
                    + " are listed."
        },
        footer = {"", "Examples:", "  pe explain PE-301", "  pe explain"})
final class ExplainCommand implements Runnable {

    @Parameters(paramLabel = "CODE", arity = "0..1", description = "The code, such as PE-301.")
    private String code;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (code == null) {
            TextTable table = new TextTable();
            for (ErrorCode each : ErrorCode.values()) {
                table.row(each.code(), each.title());
            }
            out.print(table);
        } else {
            ErrorCode asked = ErrorCode.named(code).orElseThrow(this::unknown);
            out.println(asked.code() + ": " + asked.title());
            out.println();
            print(asked.cause(), out);
            out.println();
            print(asked.remedy(), out);
            out.println();
            out.println("Exit code " + asked.exitCode().code() + ": "
                    + asked.exitCode().meaning());
        }
        out.flush();
    }

    private ParameterException unknown() {
        return new ParameterException(
                spec.commandLine(), code + " is not an error code; `pe explain` without a code lists all");
    }

    private static void print(String text, PrintWriter out) {
        WrappedText.lines(text.replace("`", ""), LineWidth.ofPages()).forEach(out::println);
    }
}

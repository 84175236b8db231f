package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.config.NearestKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pe explain}: what the code of an error means, and what to do about it. */
@Command(
        name = "explain",
        description = {
            "Explain the code of an error: what caused it, and what to do.",
            "",
            "Every error begins with its code in brackets, such as [PE-301]. Without a code, all are listed."
        },
        footer = {"", "Examples:", "  pe explain PE-301", "  pe explain"})
final class ExplainCommand implements Runnable {

    private static final int COLUMNS = 79;

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
        List<String> codes =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList();
        return new ParameterException(
                spec.commandLine(),
                code + " is no code of an error; did you mean " + NearestKey.of(code, codes)
                        + "? pe explain lists all");
    }

    private static void print(String text, PrintWriter out) {
        WrappedText.lines(text.replace("`", ""), COLUMNS).forEach(out::println);
    }
}

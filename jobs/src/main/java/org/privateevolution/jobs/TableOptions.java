package org.privateevolution.jobs;

import java.util.List;
import java.util.Map;
import org.privateevolution.config.ReaderOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of drafting commands that describe how to read the table. */
final class TableOptions {

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "parquet, csv, json, orc, delta or table. Default: by the extension of INPUT.")
    private String format;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "An option for reading the files, as in private_data.options, such as sep=';'. Repeatable.")
    private Map<String, String> options = Map.of();

    /** Reader options, as in {@code private_data.options}. */
    Map<String, String> options() {
        return options;
    }

    /**
     * Returns the format of the data at {@code input}: the given one, else the one of the extension.
     *
     * @throws ParameterException if neither names a format, or an option is wrong
     */
    String format(String input, CommandSpec spec) {
        String chosen = format == null ? TableFormat.of(input).orElse(null) : format;
        if (chosen == null) {
            throw refused(
                    spec,
                    "--format is missing, and the name " + input + " does not tell the format: give one of "
                            + TableFormat.list());
        }
        if (!TableFormat.ALL.contains(chosen)) {
            throw refused(spec, "--format: " + chosen + " is not allowed: must be one of " + TableFormat.list());
        }
        List<String> problems = ReaderOptions.problems(chosen, options);
        if (!problems.isEmpty()) {
            throw refused(spec, "--option: " + String.join("; ", problems));
        }
        return chosen;
    }

    private static ParameterException refused(CommandSpec spec, String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}

package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.config.RunConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code pe propose-schema}: a first configuration for a table, read from the table itself and therefore not private.
 */
@Command(
        name = "propose-schema",
        description = {
            "Draft a configuration from private data, on standard output.",
            "",
            "The draft is NOT private: its categories, bounds, decimals, special values and labels are read from the"
                    + " private data. Replace them by public knowledge before you run or share it."
        },
        footer = {
            "",
            "Examples:",
            "  pe propose-schema in/customers.parquet > draft.yaml",
            "  pe propose-schema in/customers --format json --label member_card --max-categories 20",
            "  pe propose-schema lake.crm.customers --format table"
        })
final class ProposeSchemaCommand implements Runnable {

    @Parameters(paramLabel = "INPUT", description = "The private data: a path, a URI, or the name of a table.")
    private String input;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "parquet, csv, json, orc, delta or table; by default what the extension says.")
    private String format;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description =
                    "How the files are written, as in private_data.options, such as sep=';'; any number of times.")
    private Map<String, String> options = Map.of();

    @Option(names = "--label", paramLabel = "COLUMN", description = "Column to condition on.")
    private String label;

    @Option(
            names = "--max-categories",
            paramLabel = "N",
            defaultValue = "50",
            description = "A text column with more values is left out [${DEFAULT-VALUE}].")
    private int maxCategories;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (maxCategories < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--max-categories: " + maxCategories + " is not allowed: must be at least 1");
        }
        String resolved = resolvedFormat();
        List<String> problems = ReaderOptions.problems(resolved, options);
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--option: " + String.join("; ", problems));
        }
        String draft;
        try (LocalSession session = LocalSession.start("propose-schema", sparkOptions)) {
            draft = new SchemaDraft(session.spark(), resolved, input, options, label, maxCategories).yaml();
        }
        // What is handed out has to be accepted by `pe validate`.
        RunConfiguration.parse(draft, "draft.yaml", List.of());
        PrintWriter out = spec.commandLine().getOut();
        out.print(draft);
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        SchemaDraft.WARNING.forEach(err::println);
        err.flush();
    }

    private String resolvedFormat() {
        String chosen = format == null ? TableFormat.of(input).orElse(null) : format;
        if (chosen == null) {
            throw new ParameterException(
                    spec.commandLine(), "--format: " + input + " does not tell it: give one of " + TableFormat.list());
        }
        if (!TableFormat.ALL.contains(chosen)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--format: " + chosen + " is not allowed: must be one of " + TableFormat.list());
        }
        return chosen;
    }
}

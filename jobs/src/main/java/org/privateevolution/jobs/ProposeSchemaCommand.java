package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.List;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.spark.source.PrivateDataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code pe propose-schema}: drafts a configuration for a table by reading the table itself. The draft is not private.
 */
@Command(
        name = "propose-schema",
        header = "Draft a configuration without privacy.",
        description = {
            "Draft a configuration by reading private data, and print it.",
            "",
            "The draft is NOT private: its categories, bounds, decimals, special values and labels are copied from the"
                    + " private data. Replace them with public knowledge before you run or share it. `pe"
                    + " discover` drafts a"
                    + " configuration that is private."
        },
        footer = {
            "",
            "Examples:",
            "  pe propose-schema in/customers.parquet > draft.yaml",
            "  pe propose-schema in/customers --format json --label member_card",
            "  pe propose-schema lake.crm.customers --format table"
        })
final class ProposeSchemaCommand implements Runnable {

    @Parameters(paramLabel = "INPUT", description = "The private data: a path, a URI, or the name of a table.")
    private String input;

    @Mixin
    private TableOptions table;

    @Mixin
    private CategoryLimit limit;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "Column to condition on: everything is counted within each of its values.")
    private String label;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        int maxCategories = limit.most(spec);
        String format = table.format(input, spec);
        LocalPath.problem(input, format).ifPresent(problem -> {
            throw new PrivateDataException(problem);
        });
        DraftFrame frame = DraftFrame.of(format, input, table.options());
        String draft;
        try (LocalSession session = LocalSession.start("propose-schema", sparkOptions)) {
            draft = new SchemaDraft(session.spark(), frame, label, maxCategories).yaml();
        }
        // `pe validate` has to accept the draft.
        RunConfiguration.parse(draft, "draft.yaml", List.of());
        PrintWriter out = spec.commandLine().getOut();
        out.print(draft);
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        SchemaDraft.WARNING.forEach(err::println);
        err.flush();
    }
}

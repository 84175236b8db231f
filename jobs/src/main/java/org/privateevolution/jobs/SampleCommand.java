package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.spark.SampleFiles;
import org.privateevolution.spark.SavedEstimate;
import org.privateevolution.spark.clients.ClientOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pe sample}: draws more rows from a finished run. */
@Command(
        name = "sample",
        header = "Draw more rows or clients from a finished run, at no privacy cost.",
        description = {
            "Draw more rows, or rows that satisfy a condition, from a finished run of a table, or of clients with"
                    + " child tables, whose evolution.selection is estimate. For clients, --rows counts clients, and"
                    + " the folder gets their root table (synthetic) and child tables (children/NAME).",
            "",
            "Costs no privacy: the command reads RUN/estimate, which the run released, and neither the private"
                    + " data nor the ledger. The guarantee of the run covers all rows that are drawn.",
            "",
            "The estimate consists of at most 20,000 weighted synthetic rows; a row is drawn as often as its"
                    + " weight says. More rows than that repeat others and add no information. A condition leaves"
                    + " fewer rows; if their effective number is below a tenth of --rows, a note says so. What"
                    + " only few private"
                    + " records have in common is hidden by the noise of the run, whatever the condition."
        },
        footer = {
            "",
            "Examples:",
            "  pe sample out/customers --rows 50000",
            "  pe sample out/customers --rows 1000 --where \"age >= 60 AND card = 'gold'\"",
            "  pe sample out/customers --rows 500 --where \"born IS NULL\" --output -",
            "  pe sample s3a://bucket/customers --rows 1000000 --format csv",
            "  pe sample out/clients --rows 500 --where \"exists(orders, o -> o.amount > 100)\""
        })
final class SampleCommand implements Runnable {

    private static final String STANDARD_OUTPUT = "-";

    /** Formats by their name on the command line and in output.formats. */
    private static final Map<String, String> FORMATS =
            Map.of("parquet", "parquet", "csv", "csv", "json", "jsonl", "jsonl", "jsonl");

    @Parameters(paramLabel = "RUN", description = "Path or URI of the run: output.path of its configuration.")
    private String run;

    @Option(
            names = "--rows",
            paramLabel = "N",
            required = true,
            description = "Number of rows, or of clients, at most 100,000,000.")
    private int rows;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Draw only rows that satisfy this condition, written in Spark SQL, such as age > 60 AND card"
                    + " = 'gold'."
                    + " Put texts, dates and timestamps in single quotes; times are in Spark's time zone.")
    private String where;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "Folder to write, which must not exist yet; - prints the rows. Default: the next of"
                    + " RUN/samples/sample-001, sample-002 and so on.")
    private String output;

    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "parquet, csv, or json for one object per line. Default: parquet, or csv if the rows are printed.")
    private String format;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Equal seeds draw equal rows [${DEFAULT-VALUE}].")
    private long seed;

    @Option(
            names = "--first-row",
            paramLabel = "N",
            description =
                    "Number of the first row, which keys and made-up columns follow from: each number has its own. By"
                            + " default, rows are numbered on from those that the run published.")
    private Long firstRow;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (rows < 1) {
            throw usage("--rows: " + rows + " is not allowed: must be at least 1");
        }
        boolean prints = STANDARD_OUTPUT.equals(output);
        String chosen = format(prints);
        PrintWriter out = spec.commandLine().getOut();
        try (LocalSession session = LocalSession.start("sample", sparkOptions)) {
            SavedEstimate whole = SavedEstimate.of(session.spark(), run);
            SavedEstimate estimate = where == null ? whole : whole.where(where);
            notice(estimate).ifPresent(this::warn);
            long first = firstRow == null ? estimate.published() : firstRow;
            if (prints && estimate.hasChildren()) {
                throw usage("--output: the run has clients with child tables, which are several tables: name a folder");
            }
            if (prints) {
                SampleFiles.print(estimate.draw(rows, seed, first), chosen, line -> out.print(line + "\n"));
            } else {
                String location = output == null ? SampleFiles.next(session.spark(), run) : output;
                SampleFiles.requireNew(session.spark(), location);
                write(estimate, first, chosen, location);
                out.print(summary(estimate, whole, location));
            }
        }
        out.flush();
    }

    private void write(SavedEstimate estimate, long first, String chosen, String location) {
        String root = estimate.hasChildren() ? location + "/synthetic" : location;
        // The root table comes last, so that one that is there has all of its children.
        estimate.children(rows, seed, first)
                .forEach((name, table) ->
                        SampleFiles.write(table, chosen, String.join("/", location, ClientOutput.CHILDREN, name)));
        SampleFiles.write(estimate.draw(rows, seed, first), chosen, root);
    }

    private String format(boolean prints) {
        String named = format == null ? (prints ? "csv" : "parquet") : format;
        String chosen = FORMATS.get(named);
        if (chosen == null) {
            throw usage("--format: " + named + " is not allowed: must be one of parquet, csv, json");
        }
        if (prints && chosen.equals("parquet")) {
            throw usage("--format: parquet cannot be printed: choose csv or json, or give --output a folder");
        }
        return chosen;
    }

    /** Rows beyond the effective number repeat others, some more often than others. */
    private Optional<String> notice(SavedEstimate estimate) {
        double effective = estimate.effectivePoints();
        if (effective >= rows / 10.0) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "note: the %,d %5$s repeat %,d weighted %5$s of the estimate, which carry as much information as %,d"
                        + " independent %5$s%4$s",
                rows,
                estimate.points(),
                Math.max(1, Math.round(effective)),
                where == null ? "" : "; a wider condition gives more",
                estimate.hasChildren() ? "clients" : "rows"));
    }

    private String summary(SavedEstimate estimate, SavedEstimate whole, String location) {
        TextTable table = new TextTable()
                .row(estimate.hasChildren() ? "clients" : "rows", String.format(Locale.ROOT, "%,d", rows))
                .row(
                        "drawn from",
                        String.format(
                                Locale.ROOT,
                                "%,d of the estimate's %,d weighted %s",
                                estimate.points(),
                                whole.points(),
                                estimate.hasChildren() ? "clients" : "rows"));
        if (where != null) {
            table.row(
                    "condition",
                    String.format(Locale.ROOT, "true for about %.3g%% of the estimate", 100 * estimate.share()));
        }
        return table.row("guarantee", "that of the run, at no further cost: " + estimate.guarantee())
                .row("data", location)
                .toString();
    }

    private void warn(String notice) {
        if (Pe.of(spec).isQuiet()) {
            return;
        }
        PrintWriter err = spec.commandLine().getErr();
        err.print(WrappedText.message(notice, 2));
        err.flush();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

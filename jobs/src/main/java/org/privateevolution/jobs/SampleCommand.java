package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.spark.SampleFiles;
import org.privateevolution.spark.SavedEstimate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pe sample}: more rows of a finished run. */
@Command(
        name = "sample",
        description = {
            "Draw more rows, or rows under a condition, from a finished run of a table with evolution.selection: estimate.",
            "",
            "Costs no privacy: it reads what the run released in RUN/estimate, and neither the private data nor the ledger."
                    + " The guarantee of the run holds for everything that is drawn.",
            "",
            "The estimate is many synthetic rows with weights, 20,000 or fewer, and rows are drawn from it as often as their"
                    + " weights say. More rows than that repeat others; they do not tell more. A condition leaves fewer:"
                    + " below an effective number of a tenth of --rows a notice says so. What only few records have in"
                    + " common lies below the noise of the run, whatever the condition."
        },
        footer = {
            "",
            "Examples:",
            "  pe sample out/customers --rows 50000",
            "  pe sample out/customers --rows 1000 --where \"age >= 60 AND card = 'gold'\" --seed 2",
            "  pe sample out/customers --rows 500 --where \"country IN ('NO', 'SE') OR born IS NULL\" --output - > some.csv",
            "  pe sample s3a://bucket/customers --rows 1000000 --output s3a://bucket/million --format csv"
        })
final class SampleCommand implements Runnable {

    private static final String STANDARD_OUTPUT = "-";

    /** What they are called here, and in output.formats. */
    private static final Map<String, String> FORMATS =
            Map.of("parquet", "parquet", "csv", "csv", "json", "jsonl", "jsonl", "jsonl");

    @Parameters(paramLabel = "RUN", description = "output.path of the run, a path or URI.")
    private String run;

    @Option(names = "--rows", paramLabel = "N", required = true, description = "How many rows; at most 100,000,000.")
    private int rows;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description =
                    "Draw only rows that satisfy it: Spark's SQL on the columns, such as age > 60 AND card = 'gold'."
                            + " Texts, dates and timestamps stand in single quotes; times are in Spark's time zone.")
    private String where;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "Folder to write, which must not exist; - prints the rows. By default the next of"
                    + " RUN/samples/sample-001 and so on.")
    private String output;

    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "parquet, csv, or json for one object a line; by default parquet, and csv where rows are printed.")
    private String format;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Equal seeds draw equal rows; others draw others [${DEFAULT-VALUE}].")
    private long seed;

    @Option(
            names = "--first-row",
            paramLabel = "N",
            description = "Number of the first row, for columns that are made up: no two numbers have the same id. By"
                    + " default the first behind those that the run published.")
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
            if (prints) {
                SampleFiles.print(estimate.draw(rows, seed, first), chosen, line -> out.print(line + "\n"));
            } else {
                String location = output == null ? SampleFiles.next(session.spark(), run) : output;
                SampleFiles.requireNew(session.spark(), location);
                SampleFiles.write(estimate.draw(rows, seed, first), chosen, location);
                out.print(summary(estimate, whole, location));
            }
        }
        out.flush();
    }

    private String format(boolean prints) {
        String named = format == null ? (prints ? "csv" : "parquet") : format;
        String chosen = FORMATS.get(named);
        if (chosen == null) {
            throw usage("--format: " + named + " is not allowed: must be one of parquet, csv, json");
        }
        if (prints && chosen.equals("parquet")) {
            throw usage("--format: parquet cannot be printed: give csv or json, or another --output");
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
                "notice: the %,d rows repeat %,d points, which tell as much as %,d of equal weight: take the rows for about"
                        + " that many%s",
                rows,
                estimate.points(),
                Math.max(1, Math.round(effective)),
                where == null ? "" : ", or widen the condition"));
    }

    private String summary(SavedEstimate estimate, SavedEstimate whole, String location) {
        TextTable table = new TextTable()
                .row("rows", String.format(Locale.ROOT, "%,d", rows))
                .row("drawn from", String.format(Locale.ROOT, "%,d of %,d points", estimate.points(), whole.points()));
        if (where != null) {
            table.row(
                    "condition",
                    String.format(Locale.ROOT, "holds for about %.3g%% of the estimate", 100 * estimate.share()));
        }
        return table.row("guarantee", "the run's, at no further cost: " + estimate.guarantee())
                .row("data", location)
                .toString();
    }

    private void warn(String notice) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(notice);
        err.flush();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

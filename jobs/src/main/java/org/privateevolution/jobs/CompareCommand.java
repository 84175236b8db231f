package org.privateevolution.jobs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.report.ComparisonReport;
import org.privateevolution.report.RunComparison;
import org.privateevolution.spark.evaluation.RunOutput;
import org.privateevolution.spark.session.SessionFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pe compare}: compares finished runs side by side, without Spark. */
@Command(
        name = "compare",
        header = "Compare finished runs with each other.",
        description = {
            "Compare finished runs: the settings in which they differ, their guarantees, and the quality of their"
                    + " data.",
            "",
            "Reads only what the runs published, and no private data. Runs that differ only in their seed, such"
                    + " as those of"
                    + " `pe run --seeds`, are summarised by mean and standard deviation. If the epsilons have"
                    + " different units"
                    + " or adjacencies, a caution says that they are not comparable.",
            "",
            "Figures marked * were computed from the private data and are OUTSIDE the guarantee, and so is the"
                    + " page if it"
                    + " contains any."
        },
        footer = {
            "",
            "Examples:",
            "  pe compare out/customers out/customers-eps4",
            "  pe compare out/repeats/seed-* --html comparison.html",
            "  pe compare out/a out/b --evaluation eval/a.json --evaluation eval/b.json",
            "  pe compare s3a://bucket/a s3a://bucket/b --json"
        })
final class CompareCommand implements Runnable {

    @Parameters(
            arity = "2..*",
            paramLabel = "RUN",
            description = "Path or URI of each run: output.path of its configuration. Give two or more.")
    private List<String> runs;

    @Option(
            names = "--evaluation",
            paramLabel = "FILE",
            description = "The evaluation.json that `pe evaluate` wrote for a run, to include its figures: one"
                    + " per run, in"
                    + " the order of the runs.")
    private List<String> evaluations = new ArrayList<>();

    @Option(names = "--html", paramLabel = "FILE", description = "Also write the comparison to this file, as a page.")
    private Path html;

    @Option(
            names = "--verbose",
            description = "Print all settings that differ and all figures, rather than the ten that differ most.")
    private boolean verbose;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (!evaluations.isEmpty() && evaluations.size() != runs.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--evaluation: " + evaluations.size() + " for " + runs.size() + " runs: give one per run, or none");
        }
        List<FinishedRun> read = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            read.add(FinishedRun.read(
                    new RunFolder(runs.get(i)),
                    evaluations.isEmpty() ? Optional.empty() : Optional.of(evaluations.get(i))));
        }
        RunComparison comparison = RunComparisons.of(read);
        PrintWriter out = spec.commandLine().getOut();
        ComparisonTables tables = new ComparisonTables(comparison, verbose);
        out.print(json ? Json.object(tables.values()) + System.lineSeparator() : tables.text());
        if (html != null) {
            write(comparison);
        }
        out.flush();
    }

    /** The output of a run may be published; a page outside the guarantee may not. */
    private void requireOutsideOfRuns() {
        Path folder = html.toAbsolutePath().normalize().getParent();
        if (RunOutput.isWithinRun(SessionFiles.configuration(), folder.toString())) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.PLACE,
                    List.of("--html: " + html
                            + " lies in the output of a run or discovery, or in a ledger. These may be published,"
                            + " but the"
                            + " page has figures outside the guarantee: choose another folder"));
        }
    }

    private void write(RunComparison comparison) {
        if (comparison.showsPrivate()) {
            requireOutsideOfRuns();
        }
        try {
            Files.writeString(html, ComparisonReport.of(comparison.runs().size() + " runs", comparison));
        } catch (IOException e) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.PLACE,
                    List.of("--html: cannot write " + html + ": " + e.getMessage()));
        }
        if (!json) {
            spec.commandLine().getOut().println("Page written to " + html);
        }
    }
}

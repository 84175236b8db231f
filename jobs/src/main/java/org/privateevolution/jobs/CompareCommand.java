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

/** {@code pe compare}: finished runs side by side, without Spark. */
@Command(
        name = "compare",
        description = {
            "Put finished runs side by side: settings that differ, what each guarantees, and the figures of what each published.",
            "",
            "Reads what the runs published, and no private data. Runs that differ in nothing but their seed, as those of"
                    + " `pe run --seeds`, get a mean and a standard deviation. Epsilons of different units or adjacencies are"
                    + " said not to be comparable.",
            "",
            "Figures with a * were drawn from the private data, outside the guarantee: so is the page, if it has any."
        },
        footer = {
            "",
            "Examples:",
            "  pe compare out/customers out/customers-eps4",
            "  pe compare out/repeats/seed-* --html comparison.html",
            "  pe compare out/a out/b --evaluation eval/a/evaluation.json --evaluation eval/b/evaluation.json",
            "  pe compare s3a://bucket/a s3a://bucket/b --json"
        })
final class CompareCommand implements Runnable {

    @Parameters(
            arity = "2..*",
            paramLabel = "RUN",
            description = "output.path of each run, a path or URI; two or more.")
    private List<String> runs;

    @Option(
            names = "--evaluation",
            paramLabel = "FILE",
            description = "evaluation.json of each run, in the order of the runs, as `pe evaluate` wrote them, to show"
                    + " their figures, too.")
    private List<String> evaluations = new ArrayList<>();

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page to this file, too.")
    private Path html;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (!evaluations.isEmpty() && evaluations.size() != runs.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--evaluation: " + evaluations.size() + " for " + runs.size() + " runs: give one a run, or none");
        }
        List<FinishedRun> read = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            read.add(FinishedRun.read(
                    new RunFolder(runs.get(i)),
                    evaluations.isEmpty() ? Optional.empty() : Optional.of(evaluations.get(i))));
        }
        RunComparison comparison = RunComparisons.of(read);
        PrintWriter out = spec.commandLine().getOut();
        ComparisonTables tables = new ComparisonTables(comparison);
        out.print(json ? Json.object(tables.values()) + System.lineSeparator() : tables.text());
        if (html != null) {
            write(comparison);
        }
        out.flush();
    }

    /** What a run leaves may be published. */
    private void requireOutsideOfRuns() {
        Path folder = html.toAbsolutePath().normalize().getParent();
        if (RunOutput.isWithinRun(SessionFiles.configuration(), folder.toString())) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.PLACE,
                    List.of("--html: " + html
                            + " lies in the output of a run or discovery, or in a ledger, which may be"
                            + " published, and figures outside the guarantee may not: give another folder"));
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
            spec.commandLine().getOut().println("page: " + html);
        }
    }
}

package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.privateevolution.model.Modality;
import org.privateevolution.model.RunSpec;
import org.privateevolution.report.ConsoleReport;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.RunResult;
import org.privateevolution.spark.StartupChecks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pe run}: runs or resumes a run. */
@Command(
        name = "run",
        header = "Run a configuration, or resume an interrupted run.",
        description = {
            "Run Private Evolution, or resume an interrupted run: started again with the same configuration and"
                    + " output.path, a"
                    + " run continues where it stopped. `pe keys` lists the settings.",
            "",
            "The guarantee is printed before anything runs."
        },
        footer = {
            "",
            "Examples:",
            "  pe run conf/quickstart.yaml",
            "  pe run conf/quickstart.yaml --set evolution.votes=20 --extend",
            "  pe run conf/quickstart.yaml --set private_data.public=true --seeds 5",
            "  spark-submit --class org.privateevolution.jobs.Pe JAR run s3.yaml"
        })
final class RunCommand implements Runnable {

    private static final String TEXT = "text";
    private static final String JSON = "json";

    @Mixin
    private RunFile runFile;

    @Option(
            names = "--extend",
            description = "Continue the run in output.path with another schedule or privacy target. Earlier votes are"
                    + " accounted"
                    + " for with the noise that they had.")
    private boolean extend;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Repeat the run N times with other seeds and other noise, in output.path/seed-1 to seed-N,"
                    + " and print"
                    + " means and standard deviations. Every repeat has its own ledger, so the records must be"
                    + " declared public (private_data.public): on private records, every repeat would spend"
                    + " epsilon.")
    private Integer seeds;

    @Option(
            names = "--progress",
            paramLabel = "FORMAT",
            description = "Format of the progress: text, or json for one JSON object per line. With json,"
                    + " standard output"
                    + " contains nothing else.")
    private String progressFormat = TEXT;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    private boolean resumable;

    /** Null unless the progress is printed as JSON. */
    private JsonProgress jsonProgress;

    @Override
    public void run() {
        if (!List.of(TEXT, JSON).contains(progressFormat)) {
            throw new ParameterException(
                    spec.commandLine(), "--progress: " + progressFormat + " is not allowed: must be one of json, text");
        }
        if (progressFormat.equals(JSON)) {
            jsonProgress = new JsonProgress(spec.commandLine().getOut(), System::nanoTime);
        }
        if (seeds != null && seeds < 2) {
            throw new ParameterException(
                    spec.commandLine(), "--seeds: " + seeds + " is not allowed: must be 2 or more");
        }
        Optional<SeedRepeats> repeats = Optional.ofNullable(seeds).map(count -> SeedRepeats.of(runFile, count));
        List<RunSpec> runs = repeats.map(SeedRepeats::runs).orElseGet(() -> List.of(runFile.load()));
        NamedPaths.requirePrivateData(runs.get(0));
        PrintWriter err = spec.commandLine().getErr();
        if (jsonProgress == null && !Pe.of(spec).isQuiet()) {
            printStart(runs);
        }
        try (RunProgress progress = jsonProgress == null ? Pe.of(spec).progress(err) : jsonProgress;
                Interruption interruption = new Interruption(err, () -> interrupted(progress))) {
            run(runs, progress);
            repeats.map(SeedRepeats::compared)
                    .filter(compared -> jsonProgress == null)
                    .ifPresent(compared -> {
                        done(progress);
                        spec.commandLine().getOut().print("\n" + compared);
                        spec.commandLine().getOut().flush();
                    });
        }
    }

    private static void done(RunProgress progress) {
        if (progress instanceof ConsoleProgress console) {
            console.done();
        }
    }

    private void printStart(List<RunSpec> runs) {
        RunSpec run = runs.get(0);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Run " + run.name() + (runs.size() == 1 ? "" : ", " + runs.size() + " times. Guarantee of each:"));
        out.println();
        out.print(RunOutline.table(run, RunCost.of(run))
                .row("output", run.output().location())
                .row("if interrupted", resumeCommand()));
        out.println();
        out.flush();
    }

    private void run(List<RunSpec> runs, RunProgress progress) {
        RunSpec run = runs.get(0);
        StartupChecks checks = StartupChecks.here();
        checks.requirePlatform(RunCost.of(run).driverBytes());
        try (LocalSession session = LocalSession.start(run.name(), sparkOptions)) {
            runs.forEach(each -> StartupChecks.requireStorage(session.spark(), each));
            try {
                for (RunSpec each : runs) {
                    if (runs.size() > 1) {
                        progress.notice(
                                "seed " + each.seed() + ", in " + each.output().location());
                    }
                    progress.started(each);
                    if (each == run) {
                        checks.notices().forEach(progress::notice);
                    }
                    RunResult result = PrivateEvolution.on(session.spark())
                            .extend(extend)
                            .listener(progress)
                            .run(each);
                    progress.finished(each, result.guarantee());
                    if (runs.size() == 1 && jsonProgress == null) {
                        done(progress);
                        print(each, result);
                    }
                }
            } finally {
                resumable = progress.resumable();
            }
        }
    }

    private String interrupted(RunProgress progress) {
        return progress.interrupted()
                + (progress.resumable()
                        ? ": finished work is kept, and nothing will be charged twice. To resume: "
                        : ": nothing was charged. To start again: ")
                + resumeCommand();
    }

    /** Reports the failure in the JSON progress, if there is one. */
    void failed(Failure failure) {
        if (jsonProgress != null) {
            jsonProgress.failed(failure);
        }
    }

    /** How to resume, if the run failed and left something to resume. */
    Optional<String> resumeAdvice() {
        return resumable ? Optional.of("Finished work is kept. To resume: " + resumeCommand()) : Optional.empty();
    }

    private String resumeCommand() {
        List<String> arguments =
                new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        LocalSession.submittedConfiguration()
                .ifPresent(named -> Collections.replaceAll(arguments, runFile.location(), named));
        return ResumeCommand.of(arguments, LocalSession.isSubmitted());
    }

    private static String sample(RunSpec run, Optional<Modality.Content> content, RunResult result) {
        if (content.isEmpty()) {
            return RowSample.of(result.synthetic(), run.labels().column());
        }
        String text = content.get().published();
        return run.modality().table().isPresent()
                ? TextSample.ofRecords(result.synthetic(), text)
                : TextSample.of(result.synthetic(), text, run.labels().columns().columnNames());
    }

    private void print(RunSpec run, RunResult result) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        Optional<Modality.Content> content = run.modality().content();
        boolean pictures = content.map(Modality.Content::kind)
                .filter(Modality.Content.Kind.BYTES::equals)
                .isPresent();
        if (!pictures) {
            out.print(sample(run, content, result));
            out.println();
        }
        if (content.isPresent()) {
            out.println(IterationTable.of(result.metrics()));
        }
        result.marginals().ifPresent(marginals -> out.println(ConsoleReport.of(marginals)));
        result.verdict().forEach(sentence -> out.print(WrappedText.message(sentence, 0)));
        out.print(WrappedText.message(result.guarantee().sentence(), 0));
        out.print(WrappedText.message(result.guarantee().outlook(), 0));
        out.println();
        String location = result.location();
        TextTable files = new TextTable();
        run.output().formats().forEach(format -> files.row("data", location + "/synthetic/" + format));
        run.output().table().ifPresent(table -> files.row("table", table.name()));
        if (pictures) {
            files.row("pictures", location + "/grids");
        }
        files.row("guarantee", location + "/guarantee.json")
                .row("report", location + "/report.html")
                .row("metrics", location + "/metrics.csv");
        if (run.evaluation().privateMetrics()) {
            files.row("private report", location + "/report-private.html (do not publish)");
        }
        out.print(files.row("ledger", result.guarantee().ledger()));
        out.flush();
    }
}

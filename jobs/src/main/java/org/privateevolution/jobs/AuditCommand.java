package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.privateevolution.audit.Verdict;
import org.privateevolution.model.RunSpec;
import org.privateevolution.report.AuditPage;
import org.privateevolution.spark.StartupChecks;
import org.privateevolution.spark.audit.Audit;
import org.privateevolution.spark.audit.AuditFiles;
import org.privateevolution.spark.audit.AuditSettings;
import org.privateevolution.spark.audit.Findings;
import org.privateevolution.spark.audit.FindingsPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pe audit}: measures epsilon and compares it with the proven one. */
@Command(
        name = "audit",
        header = "Measure the privacy of a configuration.",
        description = {
            "Measure the privacy that runs of a configuration give, and compare it with what they claim.",
            "",
            "The private records are not opened. Invented records, the canaries, take their place: each is"
                    + " included with"
                    + " probability 1/2, and passes through source, executors, votes, ledger and noise as private"
                    + " records"
                    + " do. The better the released results reveal which canaries were included, the larger is"
                    + " the measured"
                    + " lower bound on epsilon. An audit can refute the claim, and then ends with exit code 7; it"
                    + " cannot"
                    + " prove the claim.",
            "",
            "All intermediate files, among them a ledger and a store of the audit's own, lie in --output and are"
                    + " removed at the"
                    + " end, as are the synthetic data that --black-box makes. audit.json and audit.html stay."
        },
        footer = {
            "",
            "Examples:",
            "  pe audit conf/quickstart.yaml",
            "  pe audit conf/quickstart.yaml --canaries 10000 --runs 3",
            "  pe audit customers.yaml --black-box --output audits/customers"
        })
final class AuditCommand implements Callable<Integer> {

    @Mixin
    private RunFile runFile;

    @Option(
            names = "--canaries",
            paramLabel = "M",
            description = "Number of canaries per run. More canaries give a tighter bound: its distance to the claim"
                    + " falls with"
                    + " the square root. Default: as many as take about a minute on two cores, which is"
                    + " 8,000 rows,"
                    + " 2,000 vectors, 1,000 texts or small images, or 400 images that a model embeds.")
    private Integer canaries;

    @Option(
            names = "--runs",
            paramLabel = "R",
            defaultValue = "1",
            description = "Number of runs, each with its own canaries. Together they are one audit [${DEFAULT-VALUE}].")
    private int runs;

    @Option(
            names = "--confidence",
            paramLabel = "C",
            defaultValue = "0.95",
            description = "Probability that the lower bounds are right [${DEFAULT-VALUE}].")
    private double confidence;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description =
                    "Seed that decides the canaries and which of them are included, to repeat an audit; the noise has"
                            + " no seed. Default: drawn and printed.")
    private Long seed;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "Folder of the audit. It must not exist yet, and must neither contain nor lie in a"
                    + " place that the"
                    + " configuration names. Default: NAME-audit, with the name of the configuration.")
    private String output;

    @Option(
            names = "--black-box",
            description = "Also make whole runs, generator included, on canaries among other invented records, and"
                    + " examine only"
                    + " what would be published. The generator makes as many samples as in a run, which"
                    + " may cost"
                    + " money.")
    private boolean blackBox;

    @Option(names = "--json", description = "Print audit.json instead of a text.")
    private boolean json;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RunSpec run = runFile.load();
        AuditSettings settings = new AuditSettings(
                canaries == null ? OptionalInt.empty() : OptionalInt.of(canaries),
                runs,
                confidence,
                seed == null ? new SecureRandom().nextLong() >>> 1 : seed,
                output == null ? run.name() + "-audit" : output,
                blackBox);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        StartupChecks checks = StartupChecks.here();
        checks.requireVersions();
        if (blackBox && !Pe.of(spec).isQuiet()) {
            announceCost(run, err);
        }
        Findings findings;
        try (ConsoleProgress progress = Pe.of(spec).progress(err);
                LocalSession session = LocalSession.start(run.name() + "-audit", sparkOptions)) {
            checks.notices().forEach(progress::notice);
            findings = Audit.on(session.spark()).listener(progress).run(run, settings);
            String figures = Json.object(AuditFigures.of(findings));
            String location = AuditFiles.write(session.spark(), findings, figures);
            progress.done();
            if (json) {
                out.println(figures);
            } else {
                print(out, FindingsPage.of(findings), location);
            }
            out.flush();
        }
        return exitCode(findings.verdict()).code();
    }

    static ExitCode exitCode(Verdict verdict) {
        return verdict == Verdict.CONTRADICTED ? ExitCode.AUDIT : ExitCode.OK;
    }

    private void announceCost(RunSpec run, PrintWriter err) {
        GenerationCost.of(run, RunCost.of(run)).ifPresent(cost -> {
            err.println(String.format(
                    Locale.ROOT,
                    "The black box sends %,d requests to the generator in each of %,d runs:",
                    cost.requests(),
                    runs));
            TextTable table = new TextTable();
            cost.addTo(table);
            err.print(table);
            err.flush();
        });
    }

    private static void print(PrintWriter out, AuditPage page, String location) {
        out.println("Audit of " + page.name());
        out.println();
        TextTable facts = new TextTable();
        page.claim().forEach(fact -> facts.row(fact.term().toLowerCase(Locale.ROOT), fact.value()));
        out.print(facts);
        out.println();
        out.println("Epsilon");
        TextTable bounds = new TextTable();
        page.bounds().forEach(bound -> bounds.row("  " + bound.name(), bound.value()));
        out.print(bounds);
        out.println();
        out.println("Checks, with the probability of such a result if nothing is wrong");
        TextTable checks = new TextTable();
        page.checks().forEach(check -> checks.row("  " + check.name(), check.probability(), check.result()));
        out.print(checks);
        out.println();
        paragraph(out, page.headline());
        page.meaning().forEach(sentence -> paragraph(out, sentence));
        out.println();
        out.print(new TextTable().row("page", location + "/audit.html").row("figures", location + "/audit.json"));
    }

    private static void paragraph(PrintWriter out, String text) {
        WrappedText.lines(text, LineWidth.ofPages()).forEach(out::println);
    }
}

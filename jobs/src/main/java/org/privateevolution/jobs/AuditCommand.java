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

/** {@code pe audit}: a measured epsilon beside the proven one. */
@Command(
        name = "audit",
        description = {
            "Measure the privacy that runs of a configuration really give, beside what they claim.",
            "",
            "Invented records, the canaries, take the place of the private ones, which are not opened: each is in with"
                    + " probability 1/2, and goes through source, executors, votes, ledger and noise as private records"
                    + " do. How well what is released tells the coins is a lower bound on epsilon. It can refute"
                    + " the claim,"
                    + " and ends with 7 then; it cannot prove it.",
            "",
            "Everything lies in --output, a ledger and a store of its own among it, and is removed at the end, as are"
                    + " the synthetic data that --black-box makes of invented records. audit.json and audit.html stay."
        },
        footer = {
            "",
            "Examples:",
            "  pe audit conf/quickstart.yaml",
            "  pe audit conf/quickstart.yaml --set privacy.epsilon=4 --canaries 10000 --runs 3",
            "  pe audit customers.yaml --black-box --output audits/customers"
        })
final class AuditCommand implements Callable<Integer> {

    private static final int COLUMNS = 78;

    @Mixin
    private RunFile runFile;

    @Option(
            names = "--canaries",
            paramLabel = "M",
            description =
                    "Canaries of a run. The bound comes nearer to the claim with more: its distance falls with the"
                            + " square root. By default as many as take about a minute on two cores: 8,000 rows,"
                            + " 2,000 vectors,"
                            + " 1,000 texts or small images, 400 images that a model embeds.")
    private Integer canaries;

    @Option(
            names = "--runs",
            paramLabel = "R",
            defaultValue = "1",
            description =
                    "Runs, each on canaries of its own. They count as one audit of all of them [${DEFAULT-VALUE}].")
    private int runs;

    @Option(
            names = "--confidence",
            paramLabel = "C",
            defaultValue = "0.95",
            description = "Of the lower bounds: so often they are right [${DEFAULT-VALUE}].")
    private double confidence;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of the coins and of what is invented, to try the same canaries again; noise has no seed. By"
                    + " default drawn, and printed.")
    private Long seed;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "Folder of the audit, which must not exist, and not lie in or around a place that the"
                    + " configuration names. By default NAME-audit here, NAME being the"
                    + " configuration's.")
    private String output;

    @Option(
            names = "--black-box",
            description =
                    "Also run all of it, generator included, on canaries among other invented records, and look at"
                            + " nothing but what would be published. Asks the generator for as many samples as a"
                            + " run does,"
                            + " which may cost money.")
    private boolean blackBox;

    @Option(names = "--json", description = "Print audit.json in place of the findings in words.")
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
        if (blackBox) {
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
                    "the black box asks the generator %,d times in each of %,d runs:",
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
        out.println("Checks, with the probability of such a result if all is well");
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
        WrappedText.lines(text, COLUMNS).forEach(out::println);
    }
}

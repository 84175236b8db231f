package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.StartupChecks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pe validate}: checks whether a run could start. */
@Command(
        name = "validate",
        header = "Check a configuration and, with --data, the data.",
        description = "Check a configuration, whether the files that it names exist, and whether its ledger has budget"
                + " left for the"
                + " run. With --data, also check every private record. Releases and charges nothing. `pe"
                + " keys` lists"
                + " the settings.",
        footer = {
            "",
            "Examples:",
            "  pe validate conf/quickstart.yaml",
            "  pe validate conf/quickstart.yaml --set labels.column=gender --data"
        })
final class ValidateCommand implements Runnable {

    @Mixin
    private RunFile runFile;

    @Option(
            names = "--data",
            description = "Also check every private record against its declaration, read the files that the"
                    + " configuration"
                    + " names, and check that output and ledger can be written.")
    private boolean data;

    @Option(names = "--verbose", description = "Print all figures of the privacy settings and of the ledger.")
    private boolean verbose;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        RunSpec run = runFile.load();
        NamedPaths.requirePublicData(run);
        RunCost cost = RunCost.of(run);
        TextTable figures = verbose ? PrivacyFigures.table(run) : RunOutline.table(run, cost);
        if (verbose) {
            PlanCommand.constraints(run).ifPresent(text -> figures.row("constraints", text));
        }
        StartupChecks checks = StartupChecks.here();
        checks.requireVersions();
        if (data) {
            check(run);
        }
        LedgerFigures ledger = LedgerFigures.of(run);
        ledger.requireAffordable();
        PrintWriter out = spec.commandLine().getOut();
        // The run may be meant for another machine.
        Optional<String> missing = NamedPaths.privateData(run);
        missing.ifPresent(
                problem -> out.print(WrappedText.message("note: " + problem + ". Here, a run would fail.", 2)));
        out.println((missing.isPresent() ? "Apart from that, " : "") + runFile.location() + " is valid"
                + (data ? ", and the private data matches it" : ""));
        out.println();
        out.print((verbose ? ledger.addTo(figures) : ledger.addBriefly(figures))
                .row("output", run.output().location()));
        checks.notices().forEach(notice -> out.print(WrappedText.message("note: " + notice, 2)));
        checks.memoryProblem(cost.driverBytes())
                .ifPresent(problem -> out.print(WrappedText.message("note: on this machine, " + problem, 2)));
        if (!verbose) {
            out.println();
            out.println(RunOutline.MORE);
        }
        out.flush();
    }

    private void check(RunSpec run) {
        try (LocalSession session = LocalSession.start(run.name(), sparkOptions)) {
            SparkSession spark = session.spark();
            StartupChecks.requireStorage(spark, run);
            PrivateEvolution.on(spark).check(run);
        }
    }
}

package org.privateevolution.jobs;

import java.io.PrintWriter;
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

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        RunSpec run = runFile.load();
        NamedPaths.requirePublicData(run);
        TextTable privacy = PrivacyFigures.table(run);
        StartupChecks checks = StartupChecks.here();
        checks.requireVersions();
        long driverBytes = RunCost.of(run).driverBytes();
        if (data) {
            check(run);
        }
        LedgerFigures ledger = LedgerFigures.of(run);
        ledger.requireAffordable();
        PrintWriter out = spec.commandLine().getOut();
        out.println(runFile.location() + " is valid" + (data ? ", and the private data match it" : ""));
        PlanCommand.constraints(run).ifPresent(text -> privacy.row("constraints", text));
        out.print(ledger.addTo(privacy));
        checks.notices().forEach(notice -> out.print(WrappedText.message("note: " + notice, 2)));
        // The run may be meant for another machine.
        NamedPaths.privateData(run).ifPresent(problem -> out.print(WrappedText.message("note: " + problem, 2)));
        checks.memoryProblem(driverBytes)
                .ifPresent(problem -> out.print(WrappedText.message("note: on this machine, " + problem, 2)));
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

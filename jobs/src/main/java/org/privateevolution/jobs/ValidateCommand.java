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

/** {@code pe validate}: whether a run could start. */
@Command(
        name = "validate",
        description =
                "Check a configuration, whether its ledger admits the run, and with --data the private data against it."
                        + " Releases and charges nothing.",
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
            description = "Also read the private data, check every record against what is declared, and read the files"
                    + " that the configuration names, and write to output and ledger.")
    private boolean data;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        RunSpec run = runFile.load();
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
        out.println(runFile.location() + " is valid" + (data ? ", and the private data fit it" : ""));
        out.print(ledger.addTo(privacy));
        checks.notices().forEach(out::println);
        // The run may be for another machine.
        checks.memoryProblem(driverBytes).ifPresent(problem -> out.println("here, " + problem));
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

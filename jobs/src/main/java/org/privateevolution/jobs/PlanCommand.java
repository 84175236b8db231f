package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.Optional;
import org.privateevolution.evolution.NoiseOutlook;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.RunSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pe plan}: prints the cost of a run. */
@Command(
        name = "plan",
        header = "Show what a run will cost, before it starts.",
        description = "Show what a run will cost, and whether its ledger has budget left for it. Reads the"
                + " configuration and the"
                + " ledger, but no data. `pe keys` lists the settings.",
        footer = {
            "",
            "Examples:",
            "  pe plan conf/quickstart.yaml",
            "  pe plan conf/quickstart.yaml --rows 1000000 --gflops 50 --json",
            "  pe plan conf/quickstart.yaml --set evolution.votes=7"
        })
final class PlanCommand implements Runnable {

    @Mixin
    private RunFile runFile;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description =
                    "Approximate number of private records, for an estimate of the computing time and of what will be"
                            + " visible through the noise. It is not read from the data.")
    private Long rows;

    @Option(
            names = "--gflops",
            paramLabel = "G",
            description = "Speed of one core in a vote, in 10^9 floating-point operations per second [measured here,"
                    + " for half a second, if --rows is given].")
    private Double gflops;

    @Option(names = "--verbose", description = "Print all figures, with the noise and the memory.")
    private boolean verbose;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (rows != null && rows < 1) {
            throw new ParameterException(spec.commandLine(), "--rows: " + rows + " is not allowed: must be at least 1");
        }
        if (gflops != null && !(gflops > 0 && Double.isFinite(gflops))) {
            throw new ParameterException(
                    spec.commandLine(), "--gflops: " + gflops + " is not allowed: must be greater than 0");
        }
        RunSpec run = runFile.load();
        RunCost cost = RunCost.of(run);
        LedgerFigures ledger = LedgerFigures.of(run);
        PrintWriter out = spec.commandLine().getOut();
        PlanFigures figures = new PlanFigures(run, cost, ledger, Optional.ofNullable(rows), speed(cost));
        if (json) {
            out.println(Json.object(figures.values()));
        } else {
            print(out, figures);
        }
        out.flush();
        ledger.requireAffordable();
    }

    private double speed(RunCost cost) {
        return gflops != null ? gflops : PlanFigures.measuredGflops(cost, Optional.ofNullable(rows));
    }

    private void print(PrintWriter out, PlanFigures figures) {
        RunSpec run = figures.run();
        RunCost cost = figures.cost();
        out.println("Run " + run.name());
        out.println();
        if (verbose) {
            printAll(out, figures);
        } else {
            TextTable table = RunOutline.table(run, cost);
            figures.ledger().addBriefly(table);
            GenerationCost.of(run, cost).ifPresent(generation -> generation.addTo(table));
            if (cost.knowsVectors()) {
                table.row("computing", computing(figures));
            }
            out.print(table.row("output", run.output().location()));
        }
        if (rows != null && cost.knowsVectors()) {
            out.println();
            out.print(WrappedText.message(
                    "Expected quality: "
                            + NoiseOutlook.of(run, PrivacyPlan.of(run), rows).sentence(),
                    0));
        }
        if (!verbose) {
            out.println();
            out.println(RunOutline.MORE);
        }
    }

    private String computing(PlanFigures figures) {
        return rows == null
                ? "unknown: give --rows N, the approximate number of records"
                : "about " + ConsoleNumbers.estimate(figures.coreSeconds())
                        + " core-seconds for the votes; everything else takes extra time";
    }

    private void printAll(PrintWriter out, PlanFigures figures) {
        RunSpec run = figures.run();
        RunCost cost = figures.cost();
        out.print(PrivacyFigures.table(run));
        out.println();
        out.print(figures.ledger().addTo(new TextTable()));
        out.println();
        TextTable table = new TextTable();
        if (cost.knowsVectors()) {
            table.row("embedding dimension", ConsoleNumbers.count(cost.dimension()));
        }
        table.row("candidates", candidates(cost))
                .row("generated samples", ConsoleNumbers.count(cost.samples()) + ": " + generated(cost));
        GenerationCost.of(run, cost).ifPresent(generation -> generation.addTo(table));
        constraints(run).ifPresent(text -> table.row("constraints", text));
        if (!cost.knowsVectors()) {
            out.print(table.row("columns", RunOutline.DISCOVERED)
                    .row("output", run.output().location()));
            return;
        }
        table.row(
                        "largest broadcast",
                        ConsoleNumbers.bytes(cost.largest().broadcastBytes()) + " to each executor, in "
                                + ConsoleNumbers.count(cost.largest().chunks())
                                + (cost.largest().chunks() == 1 ? " chunk" : " chunks"))
                .row(
                        "driver memory",
                        "about " + ConsoleNumbers.bytes(cost.driverBytes()) + ", in addition to Spark's own");
        if (rows == null) {
            table.row("computing", "unknown: give --rows N for an estimate");
        } else {
            table.row(
                            "multiply-adds",
                            "at most " + ConsoleNumbers.estimate(cost.multiplyAdds(rows)) + " for "
                                    + ConsoleNumbers.count(rows) + " records")
                    .row(
                            "computing",
                            "about " + ConsoleNumbers.estimate(figures.coreSeconds())
                                    + " core-seconds for the votes, at " + ConsoleNumbers.estimate(figures.gflops())
                                    + " GFLOPS per core; reading and everything else takes extra time");
        }
        out.print(table.row("output", run.output().location()));
    }

    /** What is said of the constraints of a run; empty if it has none. */
    static Optional<String> constraints(RunSpec run) {
        return run.constraints().isEmpty()
                ? Optional.empty()
                : Optional.of(run.constraints().size() + ": every synthetic row obeys them, at no privacy cost");
    }

    private static String candidates(RunCost cost) {
        long first = cost.votes().get(0).candidates();
        long last = cost.votes().get(cost.votes().size() - 1).candidates();
        return ConsoleNumbers.count(cost.candidates()) + " over all votes, " + ConsoleNumbers.count(first)
                + " in the first, " + ConsoleNumbers.count(last) + " in the last";
    }

    private static String generated(RunCost cost) {
        return ConsoleNumbers.count(cost.randomSamples()) + " from RANDOM_API, "
                + ConsoleNumbers.count(cost.variationSamples())
                + " from VARIATION_API"
                + (cost.lookaheadSamples() == 0
                        ? ""
                        : ", " + ConsoleNumbers.count(cost.lookaheadSamples()) + " from VARIATION_API for lookahead");
    }
}

package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.privateevolution.evolution.NoiseOutlook;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.RunSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pe plan}: what a run will cost. */
@Command(
        name = "plan",
        description =
                "Say what a run will cost before it starts, and whether its ledger admits it. Reads the configuration"
                        + " and the ledger, no data.",
        footer = {
            "",
            "Examples:",
            "  pe plan conf/quickstart.yaml",
            "  pe plan conf/quickstart.yaml --rows 1000000 --gflops 50 --json",
            "  pe plan conf/quickstart.yaml --set evolution.votes=7 --set privacy.epsilon=0.5"
        })
final class PlanCommand implements Runnable {

    @Mixin
    private RunFile runFile;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description =
                    "About how many private records there are, to estimate the computing time and what will be seen"
                            + " through the noise. Not read from the data.")
    private Long rows;

    @Option(
            names = "--gflops",
            paramLabel = "G",
            defaultValue = "30",
            description =
                    "Speed of one core in the vote, in 10^9 floating-point operations a second [${DEFAULT-VALUE}].")
    private double gflops;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (rows != null && rows < 1) {
            throw new ParameterException(spec.commandLine(), "--rows: " + rows + " is not allowed: must be at least 1");
        }
        if (!(gflops > 0 && Double.isFinite(gflops))) {
            throw new ParameterException(
                    spec.commandLine(), "--gflops: " + gflops + " is not allowed: must be greater than 0");
        }
        RunSpec run = runFile.load();
        RunCost cost = RunCost.of(run);
        LedgerFigures ledger = LedgerFigures.of(run);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> values = values(run, cost);
            values.put("ledger", ledger.values());
            out.println(Json.object(values));
        } else {
            print(out, run, cost, ledger);
        }
        out.flush();
        ledger.requireAffordable();
    }

    private Map<String, Object> values(RunSpec run, RunCost cost) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", run.name());
        values.putAll(PrivacyFigures.of(run));
        values.put("embedding_dimension", cost.dimension());
        values.put(
                "candidates",
                cost.votes().stream().map(RunCost.VoteCost::candidates).toList());
        Map<String, Object> samples = new LinkedHashMap<>();
        samples.put("random", cost.randomSamples());
        samples.put("variation", cost.variationSamples());
        samples.put("lookahead", cost.lookaheadSamples());
        samples.put("total", cost.samples());
        values.put("generated_samples", samples);
        GenerationCost.of(run, cost).ifPresent(generation -> values.put("generation", generation.values()));
        values.put("largest_broadcast_bytes", cost.largest().broadcastBytes());
        values.put("largest_broadcast_chunks", cost.largest().chunks());
        values.put("driver_memory_bytes", cost.driverBytes());
        if (rows != null) {
            values.put("rows", rows);
            values.put("multiply_adds", cost.multiplyAdds(rows));
            values.put("flops", flops(cost));
            values.put("gflops_per_core", gflops);
            values.put("core_seconds", coreSeconds(cost));
            NoiseOutlook outlook = NoiseOutlook.of(run, PrivacyPlan.of(run), rows);
            Map<String, Object> signal = new LinkedHashMap<>();
            signal.put("of", outlook.place());
            signal.put("records", outlook.records());
            signal.put("noise", outlook.noise());
            signal.put("grade", outlook.grade());
            outlook.mend().ifPresent(mend -> signal.put("mend", mend));
            values.put("signal", signal);
        }
        return values;
    }

    private void print(PrintWriter out, RunSpec run, RunCost cost, LedgerFigures ledger) {
        out.println("Run " + run.name());
        out.println();
        out.print(PrivacyFigures.table(run));
        out.println();
        out.print(ledger.addTo(new TextTable()));
        out.println();
        TextTable table = new TextTable()
                .row("embedding dimension", ConsoleNumbers.count(cost.dimension()))
                .row("candidates", candidates(cost))
                .row("generated samples", ConsoleNumbers.count(cost.samples()) + ": " + generated(cost));
        GenerationCost.of(run, cost).ifPresent(generation -> generation.addTo(table));
        table.row(
                        "largest broadcast",
                        ConsoleNumbers.bytes(cost.largest().broadcastBytes()) + " to each executor, in "
                                + ConsoleNumbers.count(cost.largest().chunks())
                                + (cost.largest().chunks() == 1 ? " chunk" : " chunks"))
                .row("driver memory", "about " + ConsoleNumbers.bytes(cost.driverBytes()) + " beside Spark's own");
        if (rows == null) {
            table.row("computing", "give --rows for an estimate");
        } else {
            table.row(
                            "multiply-adds",
                            "at most " + ConsoleNumbers.number(cost.multiplyAdds(rows)) + " for "
                                    + ConsoleNumbers.count(rows) + " records")
                    .row(
                            "computing",
                            "at most " + ConsoleNumbers.number(flops(cost)) + " floating-point operations, "
                                    + ConsoleNumbers.number(coreSeconds(cost)) + " core-seconds at "
                                    + ConsoleNumbers.number(gflops)
                                    + " GFLOPS a core");
        }
        out.print(table);
        if (rows != null) {
            out.println();
            out.println("What will be seen: "
                    + NoiseOutlook.of(run, PrivacyPlan.of(run), rows).sentence());
        }
    }

    static String candidates(RunCost cost) {
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

    private double flops(RunCost cost) {
        return 2 * cost.multiplyAdds(rows);
    }

    private double coreSeconds(RunCost cost) {
        return flops(cost) / (gflops * 1e9);
    }
}

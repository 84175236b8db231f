package org.privateevolution.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.evolution.NoiseOutlook;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.RunSpec;
import org.privateevolution.vector.Calibration;
import org.privateevolution.vector.Kernels;

/**
 * The cost of a run, as values.
 *
 * @param rows approximate number of private records, at least 1, if known
 * @param gflops speed of one core in votes, in 10^9 operations per second; not used without rows
 */
record PlanFigures(RunSpec run, RunCost cost, LedgerFigures ledger, Optional<Long> rows, double gflops) {

    /** The part of the measured speed of a kernel's hot loop that is left in whole votes. */
    private static final double SHARE_IN_VOTES = 0.5;

    /** What a vote needs for each record besides comparisons: decoding it, and the first candidates it finds. */
    private static final double SECONDS_PER_RECORD = 0.6e-6;

    /**
     * Speed of one core of this machine in votes, in 10^9 operations per second. Measured for half a second or more,
     * unless the cost does not depend on it.
     */
    static double measuredGflops(RunCost cost, Optional<Long> rows) {
        if (rows.isEmpty() || !cost.knowsVectors()) {
            return Double.NaN;
        }
        Calibration calibration = Kernels.calibration();
        return SHARE_IN_VOTES * Math.max(calibration.vectorGflops(), calibration.scalarGflops());
    }

    /** The cost as names and values, in order. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", run.name());
        values.putAll(PrivacyFigures.of(run));
        if (cost.knowsVectors()) {
            values.put("embedding_dimension", cost.dimension());
        }
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
        if (!run.constraints().isEmpty()) {
            values.put("constraints", run.constraints().size());
        }
        if (cost.knowsVectors()) {
            values.put("largest_broadcast_bytes", cost.largest().broadcastBytes());
            values.put("largest_broadcast_chunks", cost.largest().chunks());
            values.put("driver_memory_bytes", cost.driverBytes());
        }
        if (rows.isPresent() && cost.knowsVectors()) {
            values.put("rows", rows.get());
            values.put("multiply_adds", cost.multiplyAdds(rows.get()));
            values.put("flops", flops());
            values.put("gflops_per_core", gflops);
            values.put("core_seconds", coreSeconds());
            values.put("signal", signal(NoiseOutlook.of(run, PrivacyPlan.of(run), rows.get())));
        }
        values.put("ledger", ledger.values());
        return values;
    }

    private static Map<String, Object> signal(NoiseOutlook outlook) {
        Map<String, Object> signal = new LinkedHashMap<>();
        signal.put("of", outlook.place());
        signal.put("records", outlook.records());
        signal.put("noise", outlook.noise());
        signal.put("grade", outlook.grade());
        outlook.mend().ifPresent(mend -> signal.put("mend", mend));
        return signal;
    }

    /** Largest number of floating-point operations of all votes; only with rows. */
    double flops() {
        return 2 * cost.multiplyAdds(rows.orElseThrow());
    }

    /** Time of all votes on one core, in seconds; only with rows. */
    double coreSeconds() {
        return flops() / (gflops * 1e9) + SECONDS_PER_RECORD * cost.votes().size() * rows.orElseThrow();
    }
}

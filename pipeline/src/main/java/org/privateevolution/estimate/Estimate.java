package org.privateevolution.estimate;

/**
 * The weighting of a pool that explains the releases together, and how near it is proven to lie to the best one. Immutable.
 */
public final class Estimate {
    private final double[] weights;
    private final Duals duals;
    private final double[] scales;
    private final double objective;
    private final double gap;
    private final double drift;
    private final int sweeps;
    private final boolean converged;

    Estimate(
            double[] weights,
            Duals duals,
            double[] scales,
            double objective,
            double gap,
            double drift,
            int sweeps,
            boolean converged) {
        this.weights = weights;
        this.duals = duals;
        this.scales = scales;
        this.objective = objective;
        this.gap = gap;
        this.drift = drift;
        this.sweeps = sweeps;
        this.converged = converged;
    }

    /** Weight of each point in records, at least 0, a copy. */
    public double[] weights() {
        return weights.clone();
    }

    /** Counts that the weights predict for a partition of the same points, on the scale of the weights. */
    public double[] predicted(Partition partition) {
        return partition.sums(weights);
    }

    /** Where the next fit starts. */
    public Duals duals() {
        return duals;
    }

    /** How many votes of a release go to one unit of weight: 1 unless its scale is free, a copy. */
    public double[] scales() {
        return scales.clone();
    }

    /**
     * What was minimised, in nats: misfit of all releases and noisy totals, plus divergence from the prior. Tiny noise counts as
     * the tolerance allows, so objectives under different tolerances may differ.
     */
    public double objective() {
        return objective;
    }

    /**
     * How far the objective can lie above its least value, in nats, given the scales and what the prior's totals were taken to
     * be.
     */
    public double gap() {
        return gap;
    }

    /** The most by which a free or noisy total differs from the sum of prior weights that it was fitted with, in records. */
    public double drift() {
        return drift;
    }

    /** Passes over all releases. */
    public int sweeps() {
        return sweeps;
    }

    /** Whether gap and drift are within the tolerance. */
    public boolean converged() {
        return converged;
    }

    /**
     * The most that the weights' shares can differ from those of the optimum, as a total variation distance.
     *
     * <p>The gap bounds the Bregman divergence of the entropy between both, which for equal totals n is KL(w || w*), at least
     * |w - w*|^2 / (2 n) in the L1 norm (Pinsker).
     */
    public double distanceBound() {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        return distanceBound(gap, total);
    }

    static double distanceBound(double gap, double total) {
        return Math.min(1, Math.sqrt(gap / (2 * Math.max(1, total))));
    }

    @Override
    public String toString() {
        return "Estimate of " + weights.length + " points from " + scales.length + " releases, gap " + gap
                + " nats after " + sweeps + " sweeps" + (converged ? "" : ", not converged");
    }
}

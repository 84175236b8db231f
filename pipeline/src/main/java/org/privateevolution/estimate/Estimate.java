package org.privateevolution.estimate;

/**
 * The weighting of a pool that explains all releases together, with a proven bound on its distance from the best one.
 * Immutable.
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

    /** Weight of each point, in records, at least 0; a copy. */
    public double[] weights() {
        return weights.clone();
    }

    /** The counts that the weights predict for a partition of the same points, on the scale of the weights. */
    public double[] predicted(Partition partition) {
        return partition.sums(weights);
    }

    /** The start for the next fit. */
    public Duals duals() {
        return duals;
    }

    /** Votes per unit of weight for each release, 1 unless its scale is free; a copy. */
    public double[] scales() {
        return scales.clone();
    }

    /**
     * The minimised objective, in nats: the misfit of all releases and noisy totals plus the divergence from the prior.
     * The tolerance sets a lower bound on the noise variance, so objectives under different tolerances may differ.
     */
    public double objective() {
        return objective;
    }

    /**
     * How far the objective can lie above its minimum, in nats, given the scales and the totals assumed for the prior.
     */
    public double gap() {
        return gap;
    }

    /**
     * The largest difference, in records, between a free or noisy total and the sum of prior weights it was fitted
     * with.
     */
    public double drift() {
        return drift;
    }

    /** The number of passes over all releases. */
    public int sweeps() {
        return sweeps;
    }

    /** Whether gap and drift are within the tolerance. */
    public boolean converged() {
        return converged;
    }

    /**
     * An upper bound on the total variation distance between the shares of these weights and those of the optimum.
     *
     * <p>The gap bounds the Bregman divergence of the entropy between the two, which for equal totals n is KL(w || w*),
     * at least |w - w*|^2 / (2 n) in the L1 norm (Pinsker).
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

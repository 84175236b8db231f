package org.privateevolution.audit;

/** A release from the auditor's view. Its noise is taken to be what the run's plan says, whatever was drawn. */
public final class SeenRelease {

    private final boolean ofProbes;
    private final double noiseMultiplier;
    private final Imprint imprint;
    private final double[] noisy;

    /**
     * @param ofProbes whether its cells are the probes of a vote; no probe gets votes of two canaries
     * @param noiseMultiplier the planned one
     * @param imprint of the canaries
     * @param noisy the released numbers, in votes
     */
    public SeenRelease(boolean ofProbes, double noiseMultiplier, Imprint imprint, double[] noisy) {
        if (noisy.length != imprint.cells()) {
            throw new IllegalArgumentException(
                    "a release has " + noisy.length + " cells, but canaries vote for " + imprint.cells());
        }
        this.ofProbes = ofProbes;
        this.noiseMultiplier = noiseMultiplier;
        this.imprint = imprint;
        this.noisy = noisy.clone();
    }

    boolean ofProbes() {
        return ofProbes;
    }

    Imprint imprint() {
        return imprint;
    }

    /** The planned variance of the noise. */
    double variance() {
        return noiseMultiplier * noiseMultiplier;
    }

    /** The released number of a cell, in votes. */
    double released(int cell) {
        return noisy[cell];
    }

    /** The inner product of the released numbers with the votes of a canary. */
    double along(int canary) {
        return imprint.direction(canary).dot(noisy);
    }

    /** The released numbers without the votes of the canaries: noise, if all is well. */
    double[] residuals(boolean[] coins) {
        double[] residuals = imprint.clean(coins);
        for (int cell = 0; cell < residuals.length; cell++) {
            residuals[cell] = noisy[cell] - residuals[cell];
        }
        return residuals;
    }
}

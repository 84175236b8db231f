package org.privateevolution.estimate;

/**
 * When a fit is close enough to the optimum to stop.
 *
 * <p>The distance also sets the finest noise that counts are taken to have: see "Tiny noise" in the package
 * documentation.
 *
 * @param distance a proven bound on the total variation distance between the weights found and the optimal ones, as
 *     shares of the total; above 0, less than 1
 * @param sweeps the most passes over all releases, at least 0; a fit that needs more reports that it has not converged
 */
public record Tolerance(double distance, int sweeps) {

    /** Half a percent of the weight, far below the uncertainty that noise and pool leave. */
    public static final Tolerance DEFAULT = new Tolerance(5e-3, 2000);

    public Tolerance {
        if (!(distance > 0 && distance < 1) || sweeps < 0) {
            throw new IllegalArgumentException("a tolerance is a distance between 0 and 1 and at least 0 sweeps, not "
                    + distance + " and " + sweeps);
        }
    }
}

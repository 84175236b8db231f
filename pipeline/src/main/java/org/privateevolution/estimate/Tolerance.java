package org.privateevolution.estimate;

/**
 * When a fit is near enough to the optimum.
 *
 * <p>Counts are taken to be no finer than the distance: see the package on tiny noise.
 *
 * @param distance total variation distance between the weights found and the optimal ones, as shares of the total, that is
 *     proven not to be exceeded; above 0, less than 1
 * @param sweeps the most passes over all releases, at least 0; a fit that needs more says that it has not converged
 */
public record Tolerance(double distance, int sweeps) {

    /** Half a percent of the weight, far below what noise and pool leave open. */
    public static final Tolerance DEFAULT = new Tolerance(5e-3, 2000);

    public Tolerance {
        if (!(distance > 0 && distance < 1) || sweeps < 0) {
            throw new IllegalArgumentException("a tolerance is a distance between 0 and 1 and at least 0 sweeps, not "
                    + distance + " and " + sweeps);
        }
    }
}

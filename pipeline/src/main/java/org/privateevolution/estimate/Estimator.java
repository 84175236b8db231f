package org.privateevolution.estimate;

import java.util.List;

/**
 * Finds the weights of points that explain a set of releases. The package documentation states the objective and the
 * algorithm.
 */
public final class Estimator {

    private Estimator() {}

    /**
     * Returns the weights that explain all these releases together.
     *
     * @param points the pool
     * @param releases over the same points, in the order in which they were made; if empty, the prior is returned
     *     unchanged, which needs totals that are known or noisy
     * @param start {@link Estimate#duals()} of the previous fit, made from the first of these releases, or
     *     {@link Duals#none()}
     * @param tolerance when to stop
     * @throws IllegalArgumentException if sizes do not agree, or nothing determines the size of a free total
     */
    public static Estimate explain(Points points, List<ReleasedCounts> releases, Duals start, Tolerance tolerance) {
        requireAgreement(points, releases);
        return DualAscent.of(points, releases, start, tolerance).run();
    }

    private static void requireAgreement(Points points, List<ReleasedCounts> releases) {
        boolean scaled = false;
        for (int r = 0; r < releases.size(); r++) {
            ReleasedCounts release = releases.get(r);
            if (release.partition().points() != points.size()) {
                throw new IllegalArgumentException("release " + r + " is over "
                        + release.partition().points() + " points, the pool has " + points.size());
            }
            scaled |= release.scale() == ReleasedCounts.Scale.ONE;
        }
        for (int label = 0; label < points.labels() && !scaled; label++) {
            if (points.total(label) instanceof Total.Free) {
                throw new IllegalArgumentException("the total of label " + label
                        + " is free and so is the scale of every release: give one of them");
            }
        }
    }
}

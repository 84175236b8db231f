package org.privateevolution.estimate;

import java.util.List;

/** Explains releases by weights of points; see the package for what is minimised and how. */
public final class Estimator {

    private Estimator() {}

    /**
     * The weights that explain all these releases together.
     *
     * @param points the pool
     * @param releases each over the same points, in the order in which they were made; none leaves the prior as it is, which
     *     needs totals that are known or noisy
     * @param start {@link Estimate#duals()} of the fit before, made from the first of these releases, or {@link Duals#none()}
     * @param tolerance when to stop
     * @throws IllegalArgumentException if sizes do not agree, or nothing says how large a free total is
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

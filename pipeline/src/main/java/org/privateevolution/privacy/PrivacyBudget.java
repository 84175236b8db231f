package org.privateevolution.privacy;

import java.util.Objects;

/**
 * What all runs on a private data set may spend together.
 *
 * @param epsilon finite, greater than 0
 * @param delta greater than 0, less than 1
 */
public record PrivacyBudget(double epsilon, double delta, PrivacyUnit unit, Adjacency adjacency) {
    public PrivacyBudget {
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the budget's epsilon is " + epsilon + ": give a finite number greater than 0");
        }
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("the budget's delta is " + delta + ": give more than 0 and less than 1");
        }
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(adjacency, "adjacency");
    }
}

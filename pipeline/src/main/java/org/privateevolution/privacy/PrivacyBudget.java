package org.privateevolution.privacy;

import java.util.Objects;

/**
 * The privacy loss that all runs on a private data set together may reach.
 *
 * @param epsilon finite, greater than 0
 * @param delta greater than 0, less than 1
 * @param clientColumn the column that holds the client id; empty if and only if the unit is a record
 */
public record PrivacyBudget(double epsilon, double delta, PrivacyUnit unit, Adjacency adjacency, String clientColumn) {

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
        if (unit == PrivacyUnit.CLIENT) {
            Release.requireText("client column", clientColumn);
        } else if (!clientColumn.isEmpty()) {
            throw new IllegalArgumentException(
                    "client column is '" + clientColumn + "': the record unit has none; leave it empty");
        }
    }

    /** Whether this budget allows more than {@code other}: a single release that just fits needs less noise. */
    public boolean allowsMoreThan(PrivacyBudget other) {
        return noise(this) < noise(other);
    }

    private static double noise(PrivacyBudget budget) {
        return Accountant.of(budget.adjacency()).noiseMultiplier(budget.epsilon(), budget.delta(), 1);
    }

    @Override
    public String toString() {
        return "epsilon " + RoundedFigure.exact(epsilon) + " at delta " + RoundedFigure.exact(delta) + " ("
                + unit.configName() + (clientColumn.isEmpty() ? "" : " '" + clientColumn + "'") + ", "
                + adjacency.configName() + ")";
    }
}
